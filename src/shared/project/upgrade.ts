/** The version that this program writes. Raised with a step below whenever a document gets a new shape. */
export const PROJECT_VERSION = 4

type Fields = Readonly<Record<string, unknown>>

/**
 * A document of an earlier version in the shape of today, as far as it has that shape at all; the parser judges the
 * outcome. Version 1 knew no curves, blends, edited notes, takes, markers and colors; version 2 one tempo and meter,
 * version 3 no tracks of instruments.
 */
export function upgradeProject(document: unknown): unknown {
  if (!isFields(document)) return document
  const second = document.version === 1 ? fromVersion1(document) : document
  const third = second.version === 2 ? fromVersion2(second) : second
  return third.version === 3 ? { ...third, version: 4 } : third
}

const fromVersion1 = (project: Fields): Fields => ({
  ...project,
  version: 2,
  markers: [],
  tracks: Array.isArray(project.tracks)
    ? project.tracks.map((track) => withFields(track, { hueIndex: null }))
    : project.tracks,
  regions: isFields(project.regions)
    ? Object.fromEntries(Object.entries(project.regions).map(([id, region]) => [id, regionFromVersion1(region)]))
    : project.regions,
})

function fromVersion2({ tempo, ...project }: Fields): Fields {
  if (!isFields(tempo)) return { ...project, tempo }
  const { bpm, ...meter } = tempo
  return {
    ...project,
    version: 3,
    tempoMap: { tempos: [{ bar: 1, bpm, isRamp: false }], meters: [{ bar: 1, ...meter }] },
  }
}

function regionFromVersion1(region: unknown): unknown {
  if (!isFields(region)) return region
  const render = isFields(region.render)
    ? { ...region.render, performance: performanceFromVersion1(region.render.performance) }
    : region.render
  const takes = render === null ? [] : [{ number: 1, render, isStarred: false }]
  return {
    ...region,
    performance: performanceFromVersion1(region.performance),
    render,
    takes,
    comp: [],
    hueIndex: null,
  }
}

const performanceFromVersion1 = (performance: unknown): unknown =>
  withFields(performance, {
    blend: [],
    formantSemitones: 0,
    likeness: 0,
    curves: { intensity: null, transposition: null, formant: null },
    pitchEdits: [],
    scaleCorrection: null,
    delivery: 'automatic',
  })

const withFields = (value: unknown, added: Fields): unknown => (isFields(value) ? { ...value, ...added } : value)

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
