// Work number with password or PIN.
import { useState } from "preact/hooks";
import { call, Refusal } from "../api";
import { get, set } from "../store";
import type { Welcome } from "../types";
import { useWords, whyOf } from "../words";

const DEVICE = "doorstep app";

export function Login() {
  const { w, lang } = useWords();
  const [withPin, setWithPin] = useState(false);
  const [number, setNumber] = useState(get().number);
  const [secret, setSecret] = useState("");
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const enter = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      const body = { number: number.trim(), device: DEVICE, ...(withPin ? { pin: secret } : { password: secret }) };
      const known = await call<Welcome>("/login", { method: "POST", body });
      set({ token: known.token, name: known.name, number: known.number, day: null });
    } catch (error) {
      setTrouble(error instanceof Refusal ? whyOf(error.problem, lang) : w.noNetwork);
    } finally {
      setBusy(false);
    }
  };
  const company = document.getElementById("app")?.dataset["company"];
  return (
    <main class="login">
      <header>
        <h1><span class="mark" aria-hidden="true" />{w.app}</h1>
        <p class="quiet">{company}</p>
      </header>
      <form onSubmit={enter}>
        <label class="field">
          <span>{w.workNumber}</span>
          <input name="number" autocomplete="username" autocapitalize="characters" required value={number}
            onInput={(event) => setNumber(event.currentTarget.value)} />
        </label>
        <fieldset class="choice">
          <div>
            {[false, true].map((pin) => (
              <label key={String(pin)}>
                <input type="radio" name="sort" checked={pin === withPin} onChange={() => (setWithPin(pin), setSecret(""))} />
                <span>{pin ? w.withPin : w.withPassword}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <label class="field" key={String(withPin)}>
          <span>{withPin ? w.pin : w.password}</span>
          <input name="secret" type="password" required inputMode={withPin ? "numeric" : "text"} value={secret}
            autocomplete={withPin ? "off" : "current-password"} onInput={(event) => setSecret(event.currentTarget.value)} />
        </label>
        {trouble && <p class="refusal" role="alert">{trouble}</p>}
        <button class="button primary" disabled={busy}>{w.enter}</button>
      </form>
      <button class="plain language" onClick={() => set({ lang: lang === "en" ? "zh" : "en" })}>{w.language}</button>
    </main>
  );
}
