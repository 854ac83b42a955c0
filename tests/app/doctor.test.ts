import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ClipVerdict } from '../../src/shared/contract/jobs.ts'
import { exerciseScore, synthesize, transposeScore, voices } from '../../src/shared/synthesizer/index.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { runCommand } from '../support/command-line.ts'
import { atPeak } from '../support/doctor-cases.ts'
import { clipped, inRoom, withNoise } from '../support/made-faults.ts'
import { writeVoice } from '../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'

const RATE_HZ = 24_000
const folder = makeTemporaryFolder()
const clips = join(folder, 'clips')
mkdirSync(clips)
afterAll(() => removeFolder(folder))

const sing = (voice: keyof typeof voices, seed: number, semitones = 0) =>
  atPeak(
    synthesize(transposeScore(exerciseScore(6, createRandom(seed)), semitones), voices[voice], RATE_HZ, seed).samples,
  )
const write = (name: string, samples: Float32Array) => writeVoice(join(clips, name), [samples], RATE_HZ)

interface Answer {
  readonly clips: readonly ClipVerdict[]
  readonly usableSec: number
  readonly coverage: { readonly gap: { readonly words: string; readonly missing: readonly number[] } }
}

test('the doctor judges a folder, tells copies and strangers, and what the stem asks for beyond the clips', async () => {
  for (const seed of [1, 2, 3, 4]) write(`own ${seed}.wav`, sing('low', seed, -6))
  write(
    'own 9 again.wav',
    sing('low', 1, -6).map((value) => value / 3),
  )
  write('stranger.wav', sing('high', 5, 5))
  write('hall.wav', atPeak(inRoom(sing('low', 6, -6), RATE_HZ, 2, 3, 1)))
  write('hiss.wav', withNoise(sing('low', 7, -6), RATE_HZ, 9, 'white', 1))
  write('hot.wav', clipped(sing('low', 8, -6), 14, -3))
  const stem = writeVoice(join(folder, 'stem.wav'), [sing('low', 9, 0)], RATE_HZ)
  const { code, output } = await runCommand(['doctor', clips, '--for', stem, '--json'], join(folder, 'home'))
  expect(code).toBe(0)
  const answer = JSON.parse(output) as Answer // what the command is asked for, checked below
  const faultOf = (name: string) => answer.clips.find(({ fileName }) => fileName === name)?.findings[0]?.fault
  expect(['own 1.wav', 'own 2.wav', 'own 3.wav', 'own 4.wav'].map(faultOf)).toEqual(new Array(4).fill(undefined))
  expect(faultOf('own 9 again.wav')).toBe('same-audio')
  expect(faultOf('stranger.wav')).toBe('other-singer')
  expect(faultOf('hall.wav')).toBe('reverberant')
  expect(faultOf('hiss.wav')).toBe('noisy')
  expect(faultOf('hot.wav')).toBe('clipped')
  expect(answer.clips.filter(({ isKept }) => isKept).map(({ fileName }) => fileName)).toEqual(
    [1, 2, 3, 4].map((seed) => `own ${seed}.wav`),
  )
  for (const { slices, durationSec } of answer.clips) {
    expect(slices.length).toBeGreaterThan(0)
    expect(slices.at(-1)?.endSec).toBeLessThanOrEqual(durationSec)
  }
  expect(answer.usableSec).toBeGreaterThan(5)
  expect(answer.coverage.gap.missing.length).toBeGreaterThan(0)
  expect(answer.coverage.gap.words).toMatch(/goes to \S+; the clips stop at/)

  const told = await runCommand(['doctor', clips], join(folder, 'home'))
  expect(told.code).toBe(0)
  expect(told.output).toContain('same audio as own 1')
  expect(told.output).toContain('of voice are usable')
})

test('a folder without audio is a failure in words', async () => {
  const { code, aside } = await runCommand(['doctor', join(folder, 'nowhere')], join(folder, 'home'))
  expect(code).not.toBe(0)
  expect(aside).toContain('be read')
})
