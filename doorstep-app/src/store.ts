// What the app knows now, and who is told when it changes.
import { useEffect, useState } from "preact/hooks";
import type { Day, Lang } from "./types";

interface State {
  token: string;
  number: string;
  name: string;
  lang: Lang;
  day: Day | null;
  online: boolean;
  /** Server's clock minus this phone's, in milliseconds: what is shown follows the office's time. */
  ahead: number;
}

const KEPT = "menling.doorstep";
const listeners = new Set<() => void>();

function kept(): Partial<State> {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<State>;
  } catch {
    return {};
  }
}

let state: State = { token: "", number: "", name: "", lang: "zh", day: null, online: true, ahead: 0, ...kept() };

export const get = (): State => state;

export function set(change: Partial<State>): void {
  state = { ...state, ...change };
  const { token, number, name, lang } = state;
  localStorage.setItem(KEPT, JSON.stringify({ token, number, name, lang }));
  listeners.forEach((tell) => tell());
}

/** The state, and a new drawing of the caller whenever it changes. */
export function useStore(): State {
  const [, again] = useState(0);
  useEffect(() => {
    const tell = () => again((n) => n + 1);
    listeners.add(tell);
    return () => void listeners.delete(tell);
  }, []);
  return state;
}

/** The office's now. */
export const officeNow = (): Date => new Date(Date.now() + state.ahead);

/** A now that moves on by itself, for figures such as the minutes left. */
export function useNow(everySeconds = 5): Date {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return officeNow();
}
