// The one way out for steps. Each is kept with its key and the time it happened until the server has answered, so that a
// lost network only makes it late: it goes out again in order, with the same key.
import { useEffect, useState } from "preact/hooks";
import { call, Refusal, Unreachable, upload } from "./api";
import { get } from "./store";
import type { Facts, Problem } from "./types";
import { en } from "./words/en";
import { zh } from "./words/zh";

export interface Step {
  key: string;
  collection: "orders" | "errands" | "handovers" | "refused-steps";
  number: string;
  verb: string;
  facts: Facts;
  happened_at: string;
  /** Work number of the person whose step it is, or the resident's link that acts. */
  worker: string;
  as?: string;
  /** A drawn signature, uploaded just before the step that names it. */
  drawing?: string;
  /** A photo the step names, such as that of an invoice: uploaded just before it, in its turn. */
  photo?: string;
}

export type Outcome = { sort: "done" } | { sort: "waiting" } | { sort: "refused"; problem: Problem };
export interface Refused {
  number: string;
  verb: string;
  problem: Problem;
}

const STEPS = "menling.queue";
const REFUSED = "menling.refused";
const RETRY = 8000;
/** The phone holds no more: photos that wait for a network take the most. */
const FULL: Problem = { status: 507, clause: null, why: en.phoneFull, why_zh: zh.phoneFull, errors: [] };
const waiting = new Map<string, (outcome: Outcome) => void>();
const listeners = new Set<() => void>();
let running = false;

const read = <T,>(name: string): T[] => JSON.parse(localStorage.getItem(name) ?? "[]") as T[];

function write(name: string, rows: unknown[]): void {
  localStorage.setItem(name, JSON.stringify(rows));
  listeners.forEach((tell) => tell());
}

export const queued = (): Step[] => read<Step>(STEPS).filter((step) => step.worker === get().number);
export const refusals = (number: string): Refused[] => read<Refused>(REFUSED).filter((each) => each.number === number);
export const forget = (number: string): void => write(REFUSED, read<Refused>(REFUSED).filter((each) => each.number !== number));

// Not randomUUID: that one is missing where a phone reaches the office without HTTPS.
export const freshKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Put a step on its way; the outcome comes when the server has answered, or at once when it cannot be reached. */
export function submit(asked: Omit<Step, "key" | "happened_at" | "worker">): Promise<Outcome> {
  const step: Step = { ...asked, key: freshKey(), happened_at: new Date().toISOString(), worker: get().number };
  try {
    write(STEPS, [...read<Step>(STEPS), step]);
  } catch {
    return Promise.resolve({ sort: "refused", problem: FULL }); // what was typed stays in its form
  }
  return new Promise((resolve) => {
    waiting.set(step.key, resolve);
    void flush();
  });
}

/** Send what waits, the oldest first, until all is sent or the network is gone. */
export async function flush(): Promise<void> {
  if (running) return;
  running = true;
  try {
    for (let step = queued()[0]; step; step = queued()[0]) {
      const outcome = await sent(step);
      if (outcome.sort === "waiting") {
        queued().forEach((each) => settle(each.key, outcome));
        return;
      }
      const known = queued().find((each) => each.key === step.key) ?? step; // with the picture that was uploaded for it
      remove(step.key);
      if (!settle(step.key, outcome) && outcome.sort === "refused") keepRefusal(known, outcome.problem);
    }
  } finally {
    running = false;
  }
}

async function sent(step: Step): Promise<Outcome> {
  try {
    const facts = step.drawing || step.photo ? await uploaded(step) : step.facts;
    const kept = step.collection === "refused-steps";
    const body = kept ? facts : { ...facts, happened_at: step.happened_at, sent_at: new Date().toISOString() };
    const path = kept ? "/refused-steps" : `/${step.collection}/${step.number}/${step.verb}`;
    await call(path, { method: "POST", body, key: step.key, ...(step.as ? { as: step.as } : {}) });
    return { sort: "done" };
  } catch (error) {
    if (error instanceof Refusal && (error.problem.status !== 401 || step.as)) return { sort: "refused", problem: error.problem };
    if (error instanceof Refusal || error instanceof Unreachable) return { sort: "waiting" };
    throw error;
  }
}

async function uploaded(step: Step): Promise<Facts> {
  const facts = { ...step.facts };
  if (step.drawing) facts["signature"] = await upload(step.number, await blobOf(step.drawing), "signature", step.as);
  if (step.photo) facts["photo"] = await upload(step.number, await blobOf(step.photo), "photo", step.as);
  const kept = { ...step, facts };
  delete kept.drawing;
  delete kept.photo;
  write(STEPS, read<Step>(STEPS).map((each) => (each.key === step.key ? kept : each)));
  return facts;
}

const blobOf = async (picture: string): Promise<Blob> => (await fetch(picture)).blob();

function remove(key: string): void {
  write(STEPS, read<Step>(STEPS).filter((each) => each.key !== key));
}

function settle(key: string, outcome: Outcome): boolean {
  const tell = waiting.get(key);
  waiting.delete(key);
  tell?.(outcome);
  return tell !== undefined;
}

/** Show what was refused to the worker, and give it to the office with every word that was typed: nothing is lost. */
function keepRefusal(step: Step, problem: Problem): void {
  if (step.collection === "refused-steps") return;
  write(REFUSED, [...read<Refused>(REFUSED), { number: step.number, verb: step.verb, problem }]);
  const facts = {
    office: step.number.split("-")[0], of: step.number, step: step.verb, facts: step.facts, done_at: step.happened_at,
    why: problem.why, why_zh: problem.why_zh, clause: problem.clause ?? "",
  };
  const kept: Step = { ...step, collection: "refused-steps", verb: "", key: `${step.key}-refused`, facts };
  delete kept.as;
  delete kept.drawing;
  delete kept.photo;
  write(STEPS, [...read<Step>(STEPS), kept]);
}

export function useQueue(): Step[] {
  const [, again] = useState(0);
  useEffect(() => {
    const tell = () => again((n) => n + 1);
    listeners.add(tell);
    return () => void listeners.delete(tell);
  }, []);
  return queued();
}

/** Try again whenever there may be a network. */
export function keepTrying(): void {
  window.addEventListener("online", () => void flush());
  document.addEventListener("visibilitychange", () => void (document.hidden || flush()));
  setInterval(() => void (queued().length > 0 && get().token && flush()), RETRY);
  void flush();
}
