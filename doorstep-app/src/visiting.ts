// One order while its worker is at it: what the server says of it, and steps on their way.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { loadBackground, loadDay, loadOrder, Refusal } from "./api";
import { forget, refusals, submit, useQueue } from "./queue";
import { set } from "./store";
import type { Background, Facts, Order, Problem, Prompt } from "./types";

export interface Trouble {
  verb: string;
  problem: Problem;
}

export interface Visiting {
  order: Order | null;
  known: Background | null;
  failed: boolean;
  trouble: Trouble | null;
  waiting: string[];
  reload: () => Promise<void>;
  /** Take a step; the answer is the refusal, or null when it was taken or waits for the network. */
  take: (verb: string, facts?: Facts) => Promise<Problem | null>;
  /** Tick a card of reminders. */
  tick: (prompt: Prompt, opened?: boolean) => Promise<void>;
  clear: () => void;
}

const LOOK_EVERY = 12_000;

export function useVisiting(number: string): Visiting {
  const [order, setOrder] = useState<Order | null>(null);
  const [known, setKnown] = useState<Background | null>(null);
  const [failed, setFailed] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const waiting = useQueue().filter((step) => step.number === number && step.verb !== "");

  const reload = useCallback(async () => {
    try {
      const [fresh, background] = await Promise.all([loadOrder(number), loadBackground(number)]);
      setOrder(fresh);
      setKnown(background);
      setFailed(false);
    } catch (error) {
      setFailed(true);
      if (error instanceof Refusal && error.problem.status === 401) set({ token: "" });
    }
  }, [number]);

  useEffect(() => {
    void reload();
    const look = () => void (document.hidden || reload());
    const timer = setInterval(look, LOOK_EVERY);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [reload]);

  // what was sent late shows at once, not with the next look
  const late = useRef(waiting.length > 0);
  const sent = waiting.length === 0;
  useEffect(() => {
    if (!sent || !late.current) return;
    late.current = false;
    void reload();
  }, [sent, reload]);

  useEffect(() => {
    const refused = refusals(number)[0];
    if (!refused) return;
    setTrouble(refused);
    forget(number);
  }, [number, waiting.length]);

  const take = async (verb: string, facts: Facts = {}): Promise<Problem | null> => {
    setTrouble(null);
    // A step of the order's charge is asked for on the order as well: the server passes it on.
    const outcome = await submit({ collection: "orders", number, verb, facts });
    late.current ||= outcome.sort === "waiting";
    if (outcome.sort === "refused") {
      setTrouble({ verb, problem: outcome.problem });
      return outcome.problem;
    }
    await Promise.all([reload(), loadDay().catch(() => undefined)]);
    return null;
  };

  const tick = async (prompt: Prompt, opened?: boolean): Promise<void> => {
    const outcome = await submit({ collection: "orders", number, verb: "tick", facts: { group: prompt.group, ...(opened === undefined ? {} : { opened }) } });
    late.current ||= outcome.sort === "waiting";
    if (outcome.sort === "refused") setTrouble({ verb: "tick", problem: outcome.problem });
    else await reload();
  };

  return { order, known, failed, trouble, waiting: waiting.map((step) => step.verb), reload, take, tick, clear: () => setTrouble(null) };
}
