import { formatClock } from '../../shared/units/time.ts'
import { audioDataUri } from './audio-data.ts'
import { escapeHtml } from './escape.ts'
import { pitchCurves, trainingCurve, waveform } from './pictures.ts'
import type { ReportFigure, ReportPage, ReportRegion, ReportSound } from './report-data.ts'
import { SPECTROGRAM_HEIGHT, SPECTROGRAM_TOP_HZ, SPECTROGRAM_WIDTH, spectrogramDataUri } from './spectrogram.ts'
import { pageStyle } from './style.ts'

/** One self-contained page: no script, no font, no picture from anywhere else. */
export function renderReportPage(page: ReportPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.summary)}</p></header>
<main>
<section><h2>What was made</h2>${figureTable(page.facts)}</section>
${page.regions.map(regionSection).join('\n')}
${page.training.length > 1 ? trainingSection(page) : ''}
<section><h2>Files beside this page</h2><dl>${page.files
    .map(
      ({ name, what }) =>
        `<dt><a href="${escapeHtml(encodeURI(name))}">${escapeHtml(name)}</a></dt><dd>${escapeHtml(what)}</dd>`,
    )
    .join('')}</dl></section>
</main>
</body>
</html>
`
}

function regionSection(region: ReportRegion): string {
  const durationSec = region.source.samples.length / region.source.rateHz
  return `<section>
<h2>${escapeHtml(region.title)}</h2><p>${escapeHtml(region.subtitle)}</p>
${figureTable(region.figures)}
<div class="pair">${soundFigure(region.source, 'source')}${soundFigure(region.converted, 'singer')}</div>
<h3>Pitch</h3>
<p class="legend"><span class="key source"></span>${escapeHtml(region.source.label)}${
    region.semitones === 0 ? '' : `<span class="key expected"></span>moved by ${region.semitones} semitones`
  }<span class="key singer"></span>${escapeHtml(region.converted.label)}</p>
<div class="picture">${pitchCurves(region, durationSec)}</div>${timeAxis(durationSec)}
</section>`
}

function soundFigure(sound: ReportSound, color: 'source' | 'singer'): string {
  const label = escapeHtml(sound.label)
  const durationSec = sound.samples.length / sound.rateHz
  return `<figure>
<figcaption class="${color}">${label}</figcaption>
<audio controls preload="metadata" src="${audioDataUri(sound)}" aria-label="${label}"></audio>
<div class="picture">${waveform(sound, color, `Waveform of ${label}`)}</div>
<div class="picture"><img src="${spectrogramDataUri(sound)}" width="${SPECTROGRAM_WIDTH}" height="${SPECTROGRAM_HEIGHT}" alt="Spectrogram of ${label}, 0 to ${SPECTROGRAM_TOP_HZ / 1000} kHz on a mel scale"></div>
${timeAxis(durationSec)}
</figure>`
}

const timeAxis = (durationSec: number): string =>
  `<p class="axis">${[0, 0.25, 0.5, 0.75, 1].map((share) => `<span>${formatClock(share * durationSec)}</span>`).join('')}</p>`

const trainingSection = (page: ReportPage): string => `<section><h2>How the singer was learned</h2>
<p class="legend"><span class="key source"></span>training loss<span class="key singer"></span>loss on the clip kept aside</p>
<div class="picture">${trainingCurve(page.training)}</div></section>`

const figureTable = (figures: readonly ReportFigure[]): string =>
  `<table><tbody>${figures.map(figureRow).join('')}</tbody></table>`

const figureRow = ({ name, value, bar, isMet }: ReportFigure): string =>
  `<tr><th scope="row">${escapeHtml(name)}</th><td class="value">${escapeHtml(value)}</td><td>${
    isMet === null ? '' : isMet ? '<span class="ok">✓ met</span> ' : '<span class="missed">✕ missed</span> '
  }${escapeHtml(bar)}</td></tr>`
