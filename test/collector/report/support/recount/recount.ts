/**
 * Every figure of the report once more, from the raw events and the definitions in docs/figures.md. Written
 * without looking at src/collector/report and sharing nothing with it: text instead of numbers, sets instead of
 * bits, and calendars from Intl instead of instants from Temporal. Slow, and meant to be plainly right.
 */
import { burstUsers } from './burst-users.ts';
import { calendar, type Question } from './calendar.ts';
import {
  DAY,
  environment,
  isDeploy,
  projects,
  quarter,
  type RawEvent,
  systemOf,
  targetOf,
  users,
} from './events.ts';
import { recountMorning } from './morning.ts';
import { recountEffect, recountVersions } from './versions.ts';

export function recount(raw: readonly RawEvent[], question: Question) {
  const events = raw.filter(({ user }) => !question.exclude.includes(user));
  const machines = question.burstMinimum === null ? [] : burstUsers(events, question.burstMinimum);
  const burst = new Set(machines);
  const counted = events.filter((event) => !(environment(event) === 'local' && burst.has(event.user)));
  const wanted = counted.filter(
    (event) => question.environment === 'all' || environment(event) === question.environment,
  );
  const commands = wanted.filter(({ name }) => name === 'cli');
  const period = calendar(question);
  const labels = period.labels;
  const days = calendar({ ...question, unit: 'day' });
  const of = period.within;
  const until = (list: readonly RawEvent[], label: string) =>
    list.filter((event) => (period.of(event.time) ?? '') <= label);

  const birth = new Map<string, number>();
  for (const { user, time } of commands)
    birth.set(user, Math.min(time, birth.get(user) ?? Number.POSITIVE_INFINITY));
  const built = commands.filter(({ isBuild }) => isBuild);
  const deployed = commands.filter(({ deploy }) => isDeploy(deploy));
  const newProjects = (list: readonly RawEvent[], label: string) => {
    const known = new Set(projects(before(list, label)));
    return {
      new: projects(of(list, label)).filter((project) => !known.has(project)).length,
      total: projects(until(list, label)).length,
    };
  };
  const before = (list: readonly RawEvent[], label: string) =>
    list.filter(({ time }) => (period.of(time) ?? '') < label);

  return {
    morning: recountMorning(raw, wanted, question),
    burstPersons: machines.length,
    totals: ['local', 'replit', 'gitpod', 'codespaces', 'ci'].map((name) => {
      const here = counted.filter((event) => event.name === 'cli' && environment(event) === name);
      return {
        environment: name,
        users: users(here).length,
        projects: projects(here).length,
        projectsBuilt: projects(here.filter(({ isBuild }) => isBuild)).length,
        projectsDeployed: projects(here.filter(({ deploy }) => isDeploy(deploy))).length,
        reports: here.length,
      };
    }),
    'active-users': labels.map((label) => {
      const active = of(commands, label);
      const ages = users(active).map((user) => {
        const latest = Math.max(...active.filter((event) => event.user === user).map(({ time }) => time));
        return (quarter(latest) - quarter(birth.get(user) as number)) / DAY;
      });
      const byAge = [
        ages.filter((age) => age < 1).length,
        ages.filter((age) => age >= 1 && age < 7).length,
        ages.filter((age) => age >= 7 && age < 30).length,
        ages.filter((age) => age >= 30).length,
      ];
      const fresh = [...birth.values()].filter((time) => period.of(time) === label);
      return { period: label, byAge, users: ages.length, new: fresh.length };
    }),
    people: labels.map((label) => {
      const active = of(commands, label);
      return {
        period: label,
        users: users(active).length,
        built: users(of(built, label)).length,
        deployed: users(of(deployed, label)).length,
        activeDays: new Set(active.map(({ user, time }) => `${user} ${days.of(time)}`)).size,
        builds: of(built, label).length,
        deploys: of(deployed, label).length,
        everBuilt: users(until(built, label)).length,
        everDeployed: users(until(deployed, label)).length,
      };
    }),
    conversion: labels.map((label) => {
      const fresh = [...birth].filter(([, time]) => period.of(time) === label).map(([user]) => user);
      const end = period.start(labels[labels.indexOf(label) + 1] ?? period.end);
      const within = (list: readonly RawEvent[], user: string, limit: number) =>
        list.some(
          (event) =>
            event.user === user && quarter(event.time) - quarter(birth.get(user) as number) < limit * DAY,
        );
      return {
        period: label,
        used: fresh.length,
        windows: [1, 7, 14, 30].map((limit) => {
          if (end + limit * DAY > quarter(question.now)) return { days: limit, built: null, deployed: null };
          const deployers = fresh.filter((user) => within(deployed, user, limit));
          const builders = fresh.filter((user) => deployers.includes(user) || within(built, user, limit));
          return { days: limit, built: builders.length, deployed: deployers.length };
        }),
      };
    }),
    projects: labels.map((label) => ({
      period: label,
      created: newProjects(commands, label),
      built: newProjects(built, label),
      deployed: newProjects(deployed, label),
    })),
    retention: labels.map((label, index) => {
      const cohort = new Set(
        [...birth].filter(([, time]) => period.of(time) === label).map(([user]) => user),
      );
      return {
        period: label,
        active: labels
          .slice(index)
          .map((later) => users(of(commands, later)).filter((user) => cohort.has(user)).length),
      };
    }),
    funnel: labels.map((label) => {
      const fresh = [...birth].filter(([, time]) => period.of(time) === label).map(([user]) => user);
      const deployers = users(deployed);
      const builders = [...users(built), ...deployers];
      return {
        period: label,
        installed: of(wanted, label).filter(({ name }) => name !== 'cli').length,
        used: fresh.length,
        built: fresh.filter((user) => builders.includes(user)).length,
        deployed: fresh.filter((user) => deployers.includes(user)).length,
      };
    }),
    deploys: labels.map((label) => ({
      period: label,
      byTarget: ['fly', 'railway', 'other'].map((target) => {
        const here = of(deployed, label).filter(({ deploy }) => target === targetOf(deploy));
        return { target, deploys: here.length, projects: projects(here).length, users: users(here).length };
      }),
    })),
    versions: recountVersions(commands, labels, period, question),
    effect: recountEffect(commands, labels, period, question),
    systems: labels.map((label) => ({
      period: label,
      users: ['Linux', 'macOS', 'Windows', 'other'].map(
        (system) => users(of(commands, label).filter(({ os }) => systemOf(os) === system)).length,
      ),
    })),
    installs: labels.map((label) => {
      const here = of(wanted, label).filter(({ name }) => name !== 'cli');
      const byOs: Record<string, number> = {};
      for (const { os } of here) byOs[systemOf(os)] = (byOs[systemOf(os)] ?? 0) + 1;
      return {
        period: label,
        script: here.filter(({ name }) => name === 'script').length,
        npm: here.filter(({ name }) => name === 'npm').length,
        installs: here.length,
        byOs,
      };
    }),
  };
}
