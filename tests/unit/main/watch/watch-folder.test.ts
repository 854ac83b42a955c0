import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isWhole } from '../../../../src/main/watch/is-whole.ts'
import type { FolderWatch } from '../../../../src/main/watch/watch-folder.ts'
import { watchFolder } from '../../../../src/main/watch/watch-folder.ts'
import { inEnglish } from '../../../../src/shared/contract/told.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const fixture = (name: string): string => join(import.meta.dirname, '../../../fixtures/audio', name)

/** A watch whose list can be waited for. */
function watched(folder: string): { watch: FolderWatch; until: (...names: string[]) => Promise<void> } {
  const waiting = new Set<() => void>()
  const watch = watchFolder({
    folder,
    stabilityMs: 50,
    onChange: () => waiting.forEach((check) => check()),
    onTrouble: (trouble) => {
      throw new Error(inEnglish(trouble))
    },
  })
  onTestFinished(() => watch.close())
  const until = (...names: string[]): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (JSON.stringify(watch.newFiles()) !== JSON.stringify(names.map((name) => join(folder, name)))) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
    })
  return { watch, until }
}

test('audio that lies in the folder or comes later is listed; other files are not', async () => {
  const folder = temporaryFolder()
  fs.copyFileSync(fixture('sox-float32.wav'), join(folder, 'b.wav'))
  fs.writeFileSync(join(folder, 'notes.txt'), 'verse, chorus')
  const { until } = watched(folder)
  await until('b.wav')
  fs.copyFileSync(fixture('ffmpeg.m4a'), join(folder, 'a.M4A'))
  await until('a.M4A', 'b.wav')
})

test('a WAV that is still being copied is listed only when its bytes are all there', async () => {
  const folder = temporaryFolder()
  const bytes = fs.readFileSync(fixture('sox-float32.wav'))
  const { watch, until } = watched(folder)
  fs.writeFileSync(join(folder, 'a.wav'), bytes.subarray(0, 3000))
  fs.copyFileSync(fixture('sox-int16-stereo.wav'), join(folder, 'b.wav'))
  await until('b.wav')
  expect(isWhole(join(folder, 'a.wav'))).toBe(false)
  fs.appendFileSync(join(folder, 'a.wav'), bytes.subarray(3000))
  await until('a.wav', 'b.wav')
  expect(watch.newFiles().length).toBe(2)
})

test('files that were taken in or deleted leave the list', async () => {
  const folder = temporaryFolder()
  for (const name of ['a.wav', 'b.wav']) fs.copyFileSync(fixture('sox-float32.wav'), join(folder, name))
  const { watch, until } = watched(folder)
  await until('a.wav', 'b.wav')
  watch.forget([join(folder, 'a.wav')])
  await until('b.wav')
  fs.rmSync(join(folder, 'b.wav'))
  await until()
})

test('only what can be opened and holds what it promises is whole', () => {
  const folder = temporaryFolder()
  const made = (name: string, bytes: Uint8Array | string): string => {
    fs.writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const wav = fs.readFileSync(fixture('sox-float32.wav'))
  expect(isWhole(fixture('sox-float32.wav'))).toBe(true)
  expect(isWhole(fixture('lame-cbr.mp3'))).toBe(true)
  expect(isWhole(made('cut.wav', wav.subarray(0, 2000)))).toBe(false)
  expect(isWhole(made('empty.wav', ''))).toBe(false)
  expect(isWhole(join(folder, 'gone.wav'))).toBe(false)
})
