// A plain table that sorts by a click on a heading; numbers by their value, words as Finnish sorts them.

const LONG = 28; // letters of a heading that may take two lines
const collator = new Intl.Collator(["fi", "sv"], { numeric: true });

function compare(a, b) {
  if (a.number !== null && b.number !== null) return a.number - b.number;
  if (a.number !== null) return -1; // what has no number stands last
  if (b.number !== null) return 1;
  return collator.compare(a.written, b.written);
}

function sorted(rows, column, falling) {
  if (column === null) return rows;
  const figures = rows.filter((row) => !row[0].spans); // a break parts times only in their order
  const ordered = figures.sort((a, b) => compare(a[column], b[column]));
  if (!falling) return ordered;
  const numbers = ordered.filter((row) => row[column].number !== null);
  const others = ordered.filter((row) => row[column].number === null);
  return numbers.length ? [...numbers.reverse(), ...others] : others.reverse();
}

function heading(column, index, state, redraw) {
  const cell = document.createElement("th");
  cell.scope = "col";
  cell.className = column.is_text ? "text" : "number";
  if (column.name.length > LONG) cell.classList.add("long");
  const sort = state.column === index ? (state.falling ? "descending" : "ascending") : "none";
  cell.setAttribute("aria-sort", sort);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = column.name;
  button.onclick = () => {
    const again = state.column === index;
    state.falling = again ? !state.falling : !column.is_text; // the greatest number first
    state.column = index;
    redraw();
  };
  cell.append(button);
  return cell;
}

function explain(cell, field) {
  cell.classList.add(field.state);
  cell.title = field.why;
  const said = document.createElement("span");
  said.className = "only-read";
  said.textContent = ` ${field.why}`;
  cell.append(said);
}

function row(fields, columns) {
  const line = document.createElement("tr");
  if (fields[0].spans) {
    const said = document.createElement("td"); // a break: a sentence over the whole row
    said.colSpan = fields.length;
    said.className = "parted";
    said.textContent = fields[0].written;
    line.append(said);
    return line;
  }
  fields.forEach((field, index) => {
    const cell = document.createElement(index === 0 ? "th" : "td");
    if (index === 0) cell.scope = "row";
    cell.className = columns[index].is_text ? "text" : "number";
    cell.textContent = field.written;
    if (field.why) explain(cell, field);
    line.append(cell);
  });
  return line;
}

export default function ({ data, parentElement }) {
  const place = parentElement.querySelector("div");
  const state = { column: null, falling: false };
  const redraw = () => {
    const table = document.createElement("table");
    const caption = table.createCaption();
    caption.className = "only-read";
    caption.textContent = data.caption;
    const head = table.createTHead().insertRow();
    data.columns.forEach((column, index) => head.append(heading(column, index, state, redraw)));
    const body = table.createTBody();
    sorted(data.rows, state.column, state.falling).forEach((fields) =>
      body.append(row(fields, data.columns)));
    place.replaceChildren(table);
  };
  place.className = "twin";
  place.style.height = data.height ? `${data.height}px` : "auto";
  place.tabIndex = 0;
  redraw();
}
