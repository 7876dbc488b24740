/** Minutes after which figures are old enough to be said so in bold. */
const OLD = 15;

/** Beside the time of calculation: how long ago that is. */
export function showAge(): void {
  const time = document.querySelector<HTMLTimeElement>('.freshness time');
  const age = document.querySelector('.age');
  if (!time || !age) return;
  const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60_000);
  const hours = Math.floor(minutes / 60);
  age.textContent = minutes < 1 ? '' : `, ${hours < 1 ? `${minutes} min` : `${hours} h`} ago`;
  age.classList.toggle('old', minutes >= OLD);
}
