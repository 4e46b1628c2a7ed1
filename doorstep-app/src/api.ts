// Talking to the server: JSON out, JSON or a refusal back; no network is an answer of its own.
import { get, set } from "./store";
import type { Background, Day, Errand, Order, PriceItem, Problem, Welcome } from "./types";

const BASE = "/api/v1";

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.why);
  }
}

/** The server cannot be reached, or is in no state to answer: what was asked may be asked again. */
export class Unreachable extends Error {}

interface Sent {
  method?: string;
  body?: unknown;
  form?: FormData;
  key?: string;
  /** Act with a resident's link instead of the worker's own token. */
  as?: string;
}

export async function call<T>(path: string, sent: Sent = {}): Promise<T> {
  const answer = await fetched(path, sent);
  if (answer.status >= 500) throw new Unreachable(String(answer.status));
  if (answer.status === 401 && !sent.as && path !== "/login") set({ token: "" });
  if (!answer.ok) throw new Refusal(await problemOf(answer));
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function fetched(path: string, sent: Sent): Promise<Response> {
  const token = sent.as ?? get().token;
  const headers: Record<string, string> = { "Accept-Language": get().lang === "en" ? "en" : "zh-hans" };
  if (token) headers["Authorization"] = `Bearer ${token}`;
  if (sent.key) headers["Idempotency-Key"] = sent.key;
  if (sent.body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(BASE + path, {
      method: sent.method ?? "GET",
      headers,
      body: sent.form ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body)),
      cache: "no-store",
      credentials: "omit",
    });
    set({ online: true });
    return answer;
  } catch {
    set({ online: false });
    throw new Unreachable();
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    return { ...((await answer.json()) as Problem), status: answer.status };
  } catch {
    return { status: answer.status, clause: null, why: answer.statusText, why_zh: answer.statusText, errors: [] };
  }
}

/** Who came in at the log-in page, by its session; nothing when nobody did. */
export async function entered(): Promise<Welcome | undefined> {
  const answer = await bySession("enter");
  return answer?.ok ? ((await answer.json()) as Welcome) : undefined;
}

/** Close the session of the log-in page as well, so that leaving is leaving. */
export const leaveSession = (): Promise<Response | undefined> => bySession("leave");

async function bySession(what: "enter" | "leave"): Promise<Response | undefined> {
  const token = document.getElementById("app")?.dataset["entered"];
  if (!token) return undefined;
  return fetch(`/doorstep/${what}`, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => undefined);
}

/** End the token on the server, and forget it here whatever the server answers. */
export async function giveBack(): Promise<void> {
  await call("/logout", { method: "POST" }).catch(() => undefined);
  set({ token: "", day: null });
}

export async function loadDay(): Promise<void> {
  const day = await call<Day>("/my/day");
  set({ day, ahead: Date.parse(day.now) - Date.now() });
}

export const loadOrder = (number: string, as?: string): Promise<Order> => call(`/orders/${number}`, as ? { as } : {});
export const loadErrand = (number: string): Promise<Errand> => call(`/errands/${number}`);
export const loadBackground = (number: string): Promise<Background> => call(`/orders/${number}/background`);

export async function loadPrices(office: string): Promise<PriceItem[]> {
  return (await call<{ items: PriceItem[] }>(`/price-list?office=${encodeURIComponent(office)}`)).items;
}

/** Upload a picture of an order; the answer is the digest to name in a step. */
export async function upload(number: string, picture: Blob, kind: "photo" | "signature", as?: string): Promise<string> {
  const form = new FormData();
  form.append("photo", picture, kind === "photo" ? "photo.jpg" : "signature.png");
  const path = `/orders/${number}/photos?kind=${kind}`;
  return (await call<{ digest: string }>(path, { method: "POST", form, ...(as ? { as } : {}) })).digest;
}

export async function picture(digest: string): Promise<string> {
  const answer = await fetched(`/files/${digest}`, {});
  if (!answer.ok) throw new Unreachable(String(answer.status));
  return URL.createObjectURL(await answer.blob());
}
