import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasClipRecord, openClipRecords, type ClipRecord } from '../../../../../src/main/compute/clips/clip-record.ts'
import { compareClips } from '../../../../../src/main/compute/clips/dataset-findings.ts'
import { CEPSTRA } from '../../../../../src/shared/screening/voice-print.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const record: ClipRecord = {
  durationSec: 12.5,
  loudnessLufs: -20.25,
  noiseFloorDb: null,
  voicedFraction: 1 / 3,
  lowestHz: 110,
  highestHz: null,
  clippedSampleCount: 3,
  cutoffHz: 16_000,
  secondsPerNote: { 60: 2.5 },
  findings: [{ fault: 'noisy', isSevere: false, words: 'usable, but noisy' }],
  slices: [{ startSec: 0.1, endSec: 9 }],
  digest: 'abc',
  fingerprint: { signs: Uint32Array.of(1, 0xffffffff, 7), isActive: Uint8Array.of(1, 0, 1) },
  voicePrint: {
    counts: Float64Array.of(0.1, 2),
    offsets: Float64Array.from({ length: 2 * CEPSTRA }, (_, index) => Math.sin(index)),
    frameCount: 300,
    logLikelihood: -40.5,
  },
}

test('what is known of a clip comes back as it was, and an unknown clip has no record', () => {
  const folder = join(temporaryFolder(), 'records')
  const store = openClipRecords(folder)
  expect(store.load('a')).toBeNull()
  store.save('a', record)
  expect(store.load('a')).toEqual(record)
  expect([hasClipRecord(folder, 'a'), hasClipRecord(folder, 'b')]).toEqual([true, false])
})

test('a record that is broken, or of another version, counts as not there', () => {
  const folder = join(temporaryFolder(), 'records')
  const store = openClipRecords(folder)
  store.save('../../outside', record)
  const [name] = readdirSync(folder)
  expect(name).toMatch(/^[0-9a-f]{64}\.json$/)
  for (const text of ['{"version":1', '{"version":0}', 'null', '{"version":1,"durationSec":"long"}']) {
    writeFileSync(join(folder, name), text)
    expect(store.load('../../outside')).toBeNull()
  }
})

test('a file with the same samples is a copy of the earlier one, whatever its name', () => {
  const clip = (fileName: string, digest: string, isFit = true) => ({
    fileName,
    digest,
    isFit,
    fingerprint: null,
    voicePrint: null,
  })
  const findings = compareClips([clip('a.wav', '1'), clip('b.wav', '2'), clip('c.wav', '1')], null)
  expect(findings.map((found) => found.map(({ words }) => words))).toEqual([[], [], ['same audio as a.wav']])
  expect(compareClips([clip('a.wav', '1', false), clip('b.wav', '1')], null)).toEqual([[], []])
})
