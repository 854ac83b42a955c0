import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepRender, keptRender } from '../../../../src/main/jobs/kept-renders.ts'
import type { RenderKey } from '../../../../src/shared/base/id.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const keys = ['a', 'b', 'c'] as readonly string[] as readonly RenderKey[] // any letters will do for a key

test('of kept renders the one that was used longest ago goes first', () => {
  const homeFolder = temporaryFolder()
  const render = join(homeFolder, 'render.wav')
  keys.forEach((key, index) => {
    writeFileSync(`${render}${index}`, new Uint8Array(1000))
    keepRender(key, `${render}${index}`, { homeFolder }, 2500)
    // Seconds apart, as renders are.
    const keptAtSec = 1_000_000 + index
    utimesSync(join(homeFolder, 'renders', `${key}.wav`), keptAtSec, keptAtSec)
    if (index === 1) expect(keptRender(keys[0], { homeFolder })).not.toBeNull()
  })
  expect(keys.map((key) => existsSync(join(homeFolder, 'renders', `${key}.wav`)))).toEqual([true, false, true])
})

test('a render that is kept twice is there once', () => {
  const homeFolder = temporaryFolder()
  const render = join(homeFolder, 'render.wav')
  writeFileSync(render, new Uint8Array(1000))
  for (let time = 0; time < 2; time++) keepRender(keys[0], render, { homeFolder }, 1500)
  expect(keptRender(keys[0], { homeFolder })).toBe(join(homeFolder, 'renders', 'a.wav'))
})
