import { expect, test } from 'vitest'
import type { ClipExamination } from '../../../../../src/main/compute/clips/clip-examination.ts'
import { findFaults } from '../../../../../src/main/compute/clips/clip-verdict.ts'
import type { ClipFacts } from '../../../../../src/shared/screening/clip-facts.ts'

const facts: ClipFacts = {
  voiceOverNoiseDb: 45,
  noiseUnsteadinessDb: 3,
  steepestFallDb: 55,
  cutoffHz: null,
  slices: [{ startSec: 0, endSec: 9 }],
  fingerprint: { signs: new Uint32Array(0), isActive: new Uint8Array(0) },
  voicePrint: null,
}
const scan = {
  peak: 0.7,
  loudnessLufs: -20,
  noiseFloorDb: -65,
  clippedSampleCount: 0,
  sampleCount: 480_000,
  firstBadSample: null,
  digest: '',
}
const pitch = { f0: new Float32Array(2000), voicedFraction: 0.7, medianHz: 220, lowestHz: 150, highestHz: 400 }
const voices = { secondPitchShare: 0.12, score: 0.05, activeSec: 8, isPolyphonic: false }
const clean: ClipExamination = { durationSec: 10, scan, pitch, voices, facts }
const noise = (voiceOverNoiseDb: number) => ({ facts: { ...facts, voiceOverNoiseDb, noiseUnsteadinessDb: 0.2 } })
const cut = (cutoffHz: number) => ({ facts: { ...facts, cutoffHz } })
const room = (steepestFallDb: number) => ({ facts: { ...facts, steepestFallDb } })

test('a clean clip has no finding', () => {
  expect(findFaults(clean, null)).toEqual([])
})

test.each<readonly [string, Partial<ClipExamination>, boolean, string]>([
  [
    'a short clip says what was found and needed',
    { durationSec: 0.4 },
    true,
    'too short: 0.4 s, at least 1 s is needed',
  ],
  ['a quiet one too', { scan: { ...scan, loudnessLufs: -52 } }, true, 'too quiet: −52 LUFS, at least −45 is needed'],
  ['one under every gate too', { scan: { ...scan, loudnessLufs: null } }, true, 'under −70 LUFS'],
  ['a soft one is told and kept', { scan: { ...scan, loudnessLufs: -38 } }, false, 'quiet, −38 LUFS'],
  ['breath is no voice', { pitch: { ...pitch, voicedFraction: 0.04 } }, true, '4 % has a pitch, at least 10 %'],
  ['a few clipped samples are told', { scan: { ...scan, clippedSampleCount: 100 } }, false, 'clipped: 100 samples'],
  ['many are refused', { scan: { ...scan, clippedSampleCount: 9600 } }, true, 'clipped: 2 % of the samples'],
  ['numbers that are none are refused', { scan: { ...scan, firstBadSample: 7 } }, true, 'not numbers'],
  ['silence is', { scan: { ...scan, peak: 0 } }, true, 'silent'],
  ['some noise is told', noise(20), false, 'the noise is 20 dB under the voice'],
  ['much is refused', noise(9), true, 'the noise is 9 dB under the voice, at least 15'],
  ['a room is told', room(29), false, '150 ms after a sound it is only 29 dB quieter'],
  ['a hall is refused', room(18), true, 'reverberant'],
  ['a second voice is refused', { voices: { ...voices, score: 0.3 } }, true, 'a second pitch sounds in 12 %'],
  ['what may be one is told', { voices: { ...voices, score: 0.1 } }, false, 'may not be one voice alone'],
  ['what a coder left out is told', cut(16_000), false, 'nothing above 16 kHz, as an MP3 leaves it'],
  ['a lower rate is told', cut(8000), false, 'nothing above 8 kHz'],
  ['a telephone is refused', cut(3800), true, 'too dull: nothing above 3.8 kHz'],
  ['long pauses are told', { durationSec: 60 }, false, '85 % is silence'],
])('%s', (_, change, isSevere, words) => {
  const [finding] = findFaults({ ...clean, ...change }, null)
  expect(finding?.words).toContain(words)
  expect(finding?.isSevere).toBe(isSevere)
})

test('in a live room notes sound into each other, and more is forgiven', () => {
  const exam = { ...clean, voices: { ...voices, score: 0.12 } }
  expect(findFaults(exam, null)).toHaveLength(1)
  expect(findFaults({ ...exam, facts: { ...facts, steepestFallDb: 36 } }, null)).toEqual([])
})

test('what is unsteady is a voice or a room, not noise', () => {
  expect(findFaults({ ...clean, facts: { ...facts, voiceOverNoiseDb: 18, noiseUnsteadinessDb: 2 } }, null)).toEqual([])
})

test('peaks that are cut flat in the file are found, though its level is low', () => {
  const given = { flatTopCount: 40, flatSampleCount: 160, sampleCount: 480_000 }
  const file = (change: Partial<typeof given>) => ({ rateHz: 48_000, clipping: { ...given, ...change } })
  expect(findFaults(clean, file({}))).toMatchObject([{ fault: 'clipped', isSevere: false }])
  expect(findFaults(clean, file({ flatSampleCount: 9600 }))).toMatchObject([{ isSevere: true }])
  expect(findFaults(clean, file({ flatTopCount: 1 }))).toEqual([])
})

test('an edge at half of the file’s own rate is told only where it takes from what is learned', () => {
  const clipping = { flatTopCount: 0, flatSampleCount: 0, sampleCount: 480_000 }
  const at = (cutoffHz: number, rateHz: number) => findFaults({ ...clean, ...cut(cutoffHz) }, { rateHz, clipping })
  expect(at(11_750, 24_000)).toEqual([])
  expect(at(21_000, 44_100)).toEqual([])
  expect(at(7750, 16_000)).toMatchObject([{ fault: 'low-bandwidth', isSevere: false }])
  expect(at(16_000, 48_000)).toMatchObject([{ words: expect.stringContaining('MP3') }])
})

test('severe findings come first, and every finding is told', () => {
  const findings = findFaults({ ...clean, ...cut(16_000), pitch: { ...pitch, voicedFraction: 0 } }, null)
  expect(findings.map(({ fault }) => fault)).toEqual(['hardly-voiced', 'low-bandwidth'])
})
