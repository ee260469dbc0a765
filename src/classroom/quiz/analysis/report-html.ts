/**
 * The report of a quiz as one HTML page that needs nothing else: no script, no network, light and dark, and readable
 * on paper. Whatever comes out of questions and answers is text in it.
 */
import type { ItemAnalysis, QuizAnalysis } from "./analyse-results.ts";
import type { QuizResults } from "./quiz-results.ts";
import {
  itemColumns,
  itemDoubts,
  itemFigures,
  numberText,
  percentText,
  questionName,
  quizFigures,
  reportNotes,
} from "./report-figures.ts";

const style = `:root{color-scheme:light dark;--line:#8885}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th{text-align:right;font-weight:600}
th:last-child,td:last-child,th[scope=row]{text-align:left}
.scroll{overflow-x:auto}
td{white-space:nowrap}
td:last-child,h2{overflow-wrap:anywhere;white-space:pre-line}
.scroll td:last-child{min-width:14rem}
.figures{width:auto}.figures td{white-space:nowrap}
h2{font-size:1.1rem;margin:2rem 0 .25rem}
meter{width:6rem;height:1rem}
.doubt{border-left:.25rem solid #c60;padding-left:.75rem;margin:.25rem 0}
@media print{h2{break-after:avoid}table{break-inside:avoid}}`;

export function formatReportHtml({ title, isSurvey }: QuizResults, analysis: QuizAnalysis): string {
  const name = escapeHtml(title === "" ? "A quiz" : title);
  const notes = reportNotes(isSurvey, analysis).map((note) => `<p class="doubt">${escapeHtml(note)}</p>\n`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${name}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${name}</h1>
<table class="figures">
<tbody>
${quizFigures(analysis)
  .map(([what, value]) => `<tr><th scope="row">${escapeHtml(what)}</th><td>${escapeHtml(value)}</td></tr>`)
  .join("\n")}
</tbody>
</table>
${notes.join("")}${summary(analysis)}
${analysis.items.map(itemSection).join("\n")}
</main>
</body>
</html>
`;
}

function summary({ items }: QuizAnalysis): string {
  const rows = items.map(
    (item) =>
      `<tr><td>${item.number}</td>${itemFigures(item)
        .map((value) => `<td>${escapeHtml(value)}</td>`)
        .join("")}<td><a href="#q${item.number}">${escapeHtml(questionName(item.question))}</a></td></tr>`,
  );
  return scrolling(["#", ...itemColumns, "question"], rows, "All questions");
}

function itemSection(item: ItemAnalysis): string {
  const rows = item.responses.map(
    ({ response, count, frequency, credit, meanRest }) =>
      `<tr><td>${count}</td><td><meter min="0" max="1" value="${frequency.toFixed(4)}">${percentText(frequency)}</meter></td>` +
      `<td>${percentText(frequency)}</td><td>${percentText(credit)}</td><td>${numberText(meanRest)}</td>` +
      `<td>${escapeHtml(response)}</td></tr>`,
  );
  const doubts = itemDoubts(item).map((doubt) => `<p class="doubt">${escapeHtml(doubt)}</p>`);
  return `<section id="q${item.number}">
<h2>${item.number}. ${escapeHtml(item.question.text || item.question.title)}</h2>
${[...doubts, scrolling(["count", "", "share", "credit", "mean of the rest", "answer"], rows, `Answers to question ${item.number}`)].join("\n")}
</section>`;
}

/** A table that may be wider than a phone, and can then be scrolled by keyboard, too. */
function scrolling(header: readonly string[], rows: readonly string[], label: string): string {
  const head = header.map((name) => (name === "" ? "<td></td>" : `<th scope="col">${escapeHtml(name)}</th>`));
  return `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0">
<table><thead><tr>${head.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
