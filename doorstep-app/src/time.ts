// Times as they are said: promised ones absolute ("14:15"), left ones in minutes, all in the office's zone.
import { words } from "./words";
import type { Deadline, Lang } from "./types";

const DAY = 86_400_000;
const DOOR = ["arrive", "appointment", "emergency"];

export type Standing = "open" | "soon" | "broken" | "paused";

function parts(at: Date): { day: string; clock: string; month: number; date: number; weekday: number; year: number } {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  const iso = local.toISOString();
  return {
    day: iso.slice(0, 10), clock: iso.slice(11, 16), month: local.getUTCMonth() + 1, date: local.getUTCDate(),
    weekday: local.getUTCDay(), year: local.getUTCFullYear(),
  };
}

export const dayOf = (at: Date): string => parts(at).day;

/** 14:00 today, 昨天 14:00, 明天 14:00, otherwise with the date. */
export function said(iso: string, now: Date, lang: Lang): string {
  const w = words(lang);
  const at = new Date(iso);
  const here = parts(at);
  if (here.day === dayOf(now)) return here.clock;
  if (here.day === dayOf(new Date(now.getTime() - DAY))) return `${w.yesterday} ${here.clock}`;
  if (here.day === dayOf(new Date(now.getTime() + DAY))) return `${w.tomorrow} ${here.clock}`;
  return `${w.date(here.month, here.date, here.weekday)} ${here.clock}`;
}

export function dayTitle(now: Date, lang: Lang): string {
  const here = parts(now);
  return words(lang).date(here.month, here.date, here.weekday);
}

export function duration(minutes: number, lang: Lang): string {
  const w = words(lang);
  if (minutes < 60) return w.minutes(minutes);
  if (minutes < 48 * 60) return w.hours(Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0"));
  return w.days(Math.floor(minutes / 1440));
}

export function standing(promise: Deadline, now: Date): Standing {
  if (promise.state === "paused") return "paused";
  if (promise.state === "passed") return "open";
  const due = Date.parse(promise.due_at);
  if (promise.state === "broken" || now.getTime() > due) return "broken";
  return now.getTime() >= due - (due - Date.parse(promise.armed_at)) / 4 ? "soon" : "open";
}

/** 剩 4 分, or 逾期 12 分; minutes left are rounded down, minutes late up: never better than it is. */
export function left(promise: Deadline, now: Date, lang: Lang): string {
  const w = words(lang);
  const between = Date.parse(promise.due_at) - now.getTime();
  if (promise.state === "paused") return w.paused;
  if (between >= 0) return w.left(duration(Math.floor(between / 60_000), lang));
  return w.late(duration(Math.ceil(-between / 60_000), lang));
}

export const running = (promises: Deadline[]): Deadline[] =>
  promises.filter((each) => each.met_at === null && each.released_at === null);

/** The promise that counts next: to acknowledge, then whatever is due before the door, then the door, then the rest. */
export function foremost(promises: Deadline[], now: Date): Deadline | undefined {
  const mine = running(promises).filter((each) => !DESKS.has(each.key)).sort((one, other) => one.due_at.localeCompare(other.due_at));
  const told = mine.find((each) => TOLD.includes(each.key));
  const door = mine.find(atDoor);
  if (told || !door || standing(door, now) === "broken") return told ?? door ?? mine[0];
  return mine.find((each) => standing(each, now) !== "broken") ?? door;
}

const TOLD = ["acknowledge", "change_seen"];
const DESKS = new Set(["review", "archive", "rebook", "stub", "new_appointment", "answer", "keep_time", "dispatch"]);

/** Whether the door is what is promised. */
export const atDoor = (promise: Deadline): boolean => DOOR.includes(promise.key);

/** The door, where it is still ahead and not the first thing to say. */
export const doorAhead = (promises: Deadline[], first: Deadline | undefined): Deadline | undefined =>
  running(promises).find((each) => atDoor(each) && each !== first);

/** What <input type="datetime-local"> holds, as an instant with the office's zone. */
export const fromField = (value: string): string => `${value}:00+08:00`;

export function toField(at: Date): string {
  const here = parts(at);
  return `${here.day}T${here.clock}`;
}

