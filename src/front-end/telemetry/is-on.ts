/** Is a variable that switches something set to a yes? The empty string, `0` and `false` are a no (docs/spec.md section 5). */
export function isOn(value: string | undefined): boolean {
  return !['', '0', 'false', undefined].includes(value);
}
