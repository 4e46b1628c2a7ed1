// Small things that several screens show.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { picture } from "../api";
import { atDoor, left, said, standing } from "../time";
import type { Deadline, Problem } from "../types";
import { useWords, whyOf } from "../words";
import { Icon } from "./icons";

/** What was refused: what, why and what to do next, and the clause. */
export function RefusalNote({ verb, problem }: { verb: string; problem: Problem }) {
  const { w, lang } = useWords();
  return (
    <div class="refusal" role="alert">
      <strong>{w.cannot(verb)}</strong>
      <p>{whyOf(problem, lang)}</p>
      {problem.clause && <small>{w.clause(problem.clause)}</small>}
    </div>
  );
}

/** Minutes left or late, in the colour of time and in words. */
export function Left({ promise, now }: { promise: Deadline; now: Date }) {
  const { lang } = useWords();
  return <span class={`left ${standing(promise, now)}`}>{left(promise, now, lang)}</span>;
}

/** What is promised by when: 14:15 前到门口, 14:05 前确认收到. */
export function PromiseWords({ promise, now }: { promise: Deadline; now: Date }) {
  const { w, lang } = useWords();
  const by = said(promise.due_at, now, lang);
  if (promise.key === "acknowledge" || promise.key === "change_seen") return <>{w.acknowledgeBy(by)}</>;
  return <>{atDoor(promise) ? w.atDoorBy(by) : w.promiseBy(promise.promise, by)}</>;
}

export function Empty({ title, hint }: { title: string; hint?: string }) {
  return (
    <div class="empty">
      <p>{title}</p>
      {hint && <p class="quiet">{hint}</p>}
    </div>
  );
}

export function Failed({ again }: { again: () => void }) {
  const { w } = useWords();
  return (
    <div class="empty" role="alert">
      <p>{w.loadFailed}</p>
      <button class="button" onClick={again}>{w.again}</button>
    </div>
  );
}

/** A sheet from below: the page behind stays as it is. */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const { w } = useWords();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => box.current?.showModal(), []);
  return (
    <dialog class="sheet" ref={box} aria-label={title} onCancel={close} onClick={(event) => event.target === box.current && close()}>
      <header>
        <h2>{title}</h2>
        <button class="plain" aria-label={w.close} onClick={close}><Icon name="close" /></button>
      </header>
      <div class="sheet-body">{children}</div>
    </dialog>
  );
}

export function Photo({ digest, label }: { digest: string; label: string }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    let url = "";
    let gone = false;
    picture(digest).then(
      (made) => {
        url = made;
        if (!gone) setAddress(made);
      },
      () => undefined,
    );
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [digest]);
  return address ? <img class="photo" src={address} alt={label} /> : <span class="photo" />;
}
