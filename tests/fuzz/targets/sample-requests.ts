import type { Performance } from '../../../src/shared/project/performance.ts'
import type { SingerId } from '../../../src/shared/base/id.ts'

/** A performance with every field in use. */
export const nowPerformance: Performance = {
  singerId: 'mira' as SingerId, // a brand, for this alone
  blend: [{ singerId: 'jonas' as SingerId, weight: 0.3, curve: [{ atSamples: 0, value: 0.5 }] }],
  emotion: { emotionId: 'sad', intensity: 0.6 },
  transposition: { kind: 'semitones', semitones: 2 },
  formantSemitones: 1,
  strength: 1,
  likeness: 0,
  curves: { intensity: [{ atSamples: 0, value: 1 }, { atSamples: 9, value: 0 }], transposition: null, formant: null },
  pitchEdits: [
    { kind: 'note', startSamples: 0, endSamples: 9, semitones: 1, vibrato: 1, drift: 1 },
    { kind: 'drawn', curve: [{ atSamples: 0, value: 60 }, { atSamples: 5, value: 61 }] },
  ],
  scaleCorrection: { tonic: 0, scale: 'major', strength: 1 },
  delivery: 'automatic',
  renderer: 'world',
  seed: 7,
} // prettier-ignore

const id = 'abc'
const hash = 'a'.repeat(64)
const span = { sourceId: hash, sourceStartSamples: 0, durationSamples: 100 }

/** Requests as the window makes them: one for each kind of field. */
export const sampleRequests: Readonly<Record<string, unknown>> = {
  'application:describe': {},
  'project:create': { name: 'Song', rateHz: 48_000 },
  'project:open': { path: '/songs/Song.understudy' },
  'project:save': { projectId: id, document: {}, path: null },
  'project:autosave': { projectId: id, document: {}, editCount: 3 },
  'project:import': { projectId: id, files: [{ kind: 'path', path: '/a.wav' }, { kind: 'upload', uploadId: 'b'.repeat(32), fileName: 'a.wav' }], acceptsTruncated: false },
  'project:locate': { projectId: id, folder: '/x', sources: [{ id: hash, name: 'lead', originalRateHz: 44_100, channelCount: 1, durationSamples: 9 }] },
  'project:convert': { projectId: id, regionId: id, regionName: 'Verse', ...span, performance: nowPerformance, priority: 'selected' },
  'project:pitch': { projectId: id, ...span },
  'project:export': { projectId: id, document: {}, options: { what: 'stems', regionIds: [id], encoding: 'pcm24', rateHz: null, start: 'zero', channels: 'mono', nameTemplate: '{song} – {track}', folder: '/out', writesMetadata: true, writesReport: false, writesSession: true } },
  'singer:rename': { singerId: id, name: 'Mira' },
  'singer:import': { file: { kind: 'path', path: '/mira.singer' } },
  'singer:inspectClips': { files: [{ kind: 'path', path: '/a.wav' }], besideClipIds: [hash] },
  'singer:train': { name: 'Mira', hueIndex: 1, consent: 'mine', clipIds: [hash], slices: { [hash]: [{ startSec: 0, endSec: 1 }] }, preset: 'quick', seed: 5, beside: [{ name: 'Tom', hueIndex: 2, consent: 'his', clipIds: [hash] }] },
  'emotion:readFolder': { folder: '/clips' },
} // prettier-ignore
