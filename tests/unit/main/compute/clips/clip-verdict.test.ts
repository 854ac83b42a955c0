import { expect, test } from 'vitest'
import { judgeClip } from '../../../../../src/main/compute/clips/clip-verdict.ts'
import type { PitchSummary } from '../../../../../src/main/compute/clips/pitch-summary.ts'
import type { SoundScan } from '../../../../../src/main/compute/clips/sound-scan.ts'

const scan: SoundScan = {
  peak: 0.7,
  loudnessLufs: -20,
  noiseFloorDb: -65,
  clippedSampleCount: 0,
  sampleCount: 480_000,
  firstBadSample: null,
  digest: '',
}
const pitch: PitchSummary = {
  f0: new Float32Array(2000),
  voicedFraction: 0.7,
  medianHz: 220,
  lowestHz: 150,
  highestHz: 400,
}

test.each([
  ['a clean clip is kept', 10, {}, {}, true, 'clean'],
  ['a short one says what was found and needed', 0.4, {}, {}, false, 'too short: 0.4 s, at least 1 s is needed'],
  ['a quiet one too', 10, { loudnessLufs: -52 }, {}, false, 'too quiet: −52 LUFS, at least −45 is needed'],
  ['one under every gate too', 10, { loudnessLufs: null }, {}, false, 'under −70 LUFS'],
  ['breath without voice is no clip', 10, {}, { voicedFraction: 0.04 }, false, '4 % has a pitch, at least 10 %'],
  ['a few clipped samples are told', 10, { clippedSampleCount: 100 }, {}, true, 'clipped: 100 samples'],
  ['many are refused', 10, { clippedSampleCount: 9600 }, {}, false, 'clipped: 2 % of the samples'],
  ['noise is told', 10, { noiseFloorDb: -32 }, {}, true, 'noisy: the noise is 12 dB under the voice'],
  [
    'without a pause the level floor is voice, not noise',
    10,
    { noiseFloorDb: -25 },
    { voicedFraction: 0.97 },
    true,
    'clean',
  ],
  ['numbers that are none are refused', 10, { firstBadSample: 7 }, {}, false, 'not numbers'],
] as const)('%s', (_, durationSec, scanChange, pitchChange, isKept, words) => {
  const verdict = judgeClip(durationSec, { ...scan, ...scanChange }, { ...pitch, ...pitchChange })
  expect(verdict.isKept).toBe(isKept)
  expect(verdict.reason).toContain(words)
})

test('a clip with a second voice is kept with a warning and the share that was found', () => {
  const voices = { secondPitchShare: 0.12, activeSec: 8, isPolyphonic: true }
  const verdict = judgeClip(10, scan, pitch, voices)
  expect(verdict.isKept).toBe(true)
  expect(verdict.reason).toContain('does not look like a solo voice: a second pitch sounds in 12 %')
  expect(judgeClip(10, scan, pitch, { ...voices, isPolyphonic: false }).reason).toBe('clean')
})
