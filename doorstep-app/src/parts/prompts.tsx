// Reminders of the moment: one card, one tap; each line opens to its full wording.
import { useState } from "preact/hooks";
import type { Prompt, PromptLine } from "../types";
import { useWords } from "../words";
import { Icon } from "./icons";

export function Reminders({ prompt }: { prompt: Prompt }) {
  const [open, setOpen] = useState("");
  const long = prompt.lines.length <= 3;
  return (
    <ul class="reminders">
      {prompt.lines.map((line) => (
        <ReminderLine key={line.clause} line={line} open={long || open === line.clause}
          toggle={() => setOpen(open === line.clause ? "" : line.clause)} />
      ))}
    </ul>
  );
}

/** What the office has chosen about these reminders, each sentence once. */
function Chosen({ prompt }: { prompt: Prompt }) {
  const said = [...new Set(prompt.lines.flatMap((line) => line.chosen))];
  return said.length > 0 ? <ul class="chosen-list">{said.map((each) => <li key={each}>{each}</li>)}</ul> : null;
}

function ReminderLine({ line, open, toggle }: { line: PromptLine; open: boolean; toggle: () => void }) {
  const { lang } = useWords();
  const text = lang === "en" ? line.text_en : line.text;
  const title = (lang === "en" ? line.title_en : line.title) ?? text;
  return (
    <li class={open ? "open" : ""}>
      <span role="button" tabIndex={0} aria-expanded={open} onClick={toggle} onKeyDown={(event) => event.key === "Enter" && toggle()}>{title}</span>
      {open && title !== text && <p>{text}</p>}
      {open && line.chosen.map((each) => <p key={each} class="chosen">{each}</p>)}
    </li>
  );
}

/** The card of the moment: read it, do it, tap once. */
export function PromptCard({ prompt, tick }: { prompt: Prompt; tick: () => void }) {
  const { w } = useWords();
  return (
    <section class="card prompts">
      <h2>{prompt.title}</h2>
      <Reminders prompt={prompt} />
      <Chosen prompt={prompt} />
      <button class="button tick" onClick={tick}><Icon name="check" /> {w.allDoneGroup}</button>
    </section>
  );
}

/** The first card of this moment that was not ticked yet; cards of situations open only when chosen. */
export const cardOf = (prompts: Prompt[]): Prompt | undefined =>
  prompts.find((each) => each.screen === "visit" && !each.situation && !each.ticked && each.lines.length > 0);
