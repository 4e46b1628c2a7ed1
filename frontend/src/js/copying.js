// A line to be pasted elsewhere: copied with one press, and said to be copied.

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS there is no clipboard to write to: a field that is selected can still be copied from.
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await copy(document.getElementById(button.dataset.copies).textContent.trim());
  button.textContent = button.dataset.copied;
});
