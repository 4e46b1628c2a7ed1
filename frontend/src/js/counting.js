// While somebody counts notes, the sum stands beside them, and how far it is from the books.

const inFen = (text) => Math.round(Number(text) * 100);
const inYuan = (fen) => (fen / 100).toLocaleString("en", { minimumFractionDigits: 2 });

function compared(output, sum) {
  const { books, same, more, less } = output.dataset;
  if (books === undefined) return "";
  const over = sum - inFen(books);
  return over ? (over > 0 ? more : less).replace("{d}", inYuan(Math.abs(over))) : same;
}

function count(notes) {
  const output = notes.querySelector("output");
  const fields = [...notes.querySelectorAll("[name^='count:']")];
  const sum = fields.reduce((fen, field) => fen + inFen(field.name.slice(6)) * (Number(field.value) || 0), 0);
  output.hidden = fields.every((field) => !field.value);
  output.textContent = [output.dataset.sum.replace("{sum}", inYuan(sum)), compared(output, sum)].filter(Boolean).join(" · ");
}

document.addEventListener("input", (event) => {
  const notes = event.target.closest?.(".notes");
  if (notes) count(notes);
});
