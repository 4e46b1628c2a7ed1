// Messages, the newest first; looking at them marks them as read.
import { useEffect } from "preact/hooks";
import { call } from "../api";
import { Empty } from "../parts/bits";
import { useNow, useStore } from "../store";
import { said } from "../time";
import type { Note } from "../types";
import { useWords } from "../words";

export const unread = (notes: Note[]): number => notes.filter((each) => !each.seen).length;

export function Messages() {
  const { w, lang } = useWords();
  const { day } = useStore();
  const now = useNow(30);
  const notes = day?.messages ?? [];
  const fresh = notes.filter((each) => !each.seen).map((each) => each.id);
  useEffect(() => {
    if (fresh.length > 0) void call("/my/messages/seen", { method: "POST", body: { ids: fresh } }).catch(() => undefined);
  }, [fresh.join()]);
  return (
    <main class="list">
      <header class="head"><h1>{w.messages}</h1></header>
      {notes.length === 0 && <Empty title={w.noMessages} />}
      <section class="group">
        {notes.map((note) => (
          <a class={note.seen ? "row note" : "row note fresh"} key={note.id} href={note.kind === "repair" ? `#/visit/${note.order}` : undefined}>
            <span>{note.text}</span>
            <span class="quiet">{said(note.at, now, lang)}</span>
          </a>
        ))}
      </section>
    </main>
  );
}
