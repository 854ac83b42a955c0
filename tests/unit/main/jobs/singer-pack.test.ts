import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { singersFolder } from '../../../../src/main/library/client.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { readSingerFile, writeSingerFile } from '../../../../src/shared/formats/singer-file.ts'
import { ownSingers } from '../../../support/own-singers.ts'
import { writeUntrainedSinger } from '../../../support/sound-files.ts'
import { openStudio, type Studio } from '../../../support/studio.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const told = {
  owner: 'Mira herself',
  range: {
    notes: [
      {
        midi: 57,
        pitchErrorCents: 4,
        voicedFraction: 1,
        distanceDb: 3.2,
        roughness: 0.1,
        ease: 'comfortable' as const,
      },
    ],
    comfortable: { lowest: 57, highest: 57 },
    usable: { lowest: 57, highest: 57 },
    isSung: true,
  },
  provenance: {
    software: 'Understudy 0.1.0',
    engine: 'wasm',
    baseDigest: 'b'.repeat(64),
    clipCount: 2,
    clipsSec: 30,
    steps: 200,
    method: 'joint' as const,
    singerCount: 2,
    compared: [
      { method: 'joint' as const, errorDb: 3.41 },
      { method: 'enroll' as const, errorDb: 3.78 },
    ],
  },
}

/** A pack as somebody sends it. */
function packAt(folder: string): string {
  const path = writeUntrainedSinger(join(folder, 'mira.singer'), 'Mira')
  const file = readSingerFile(readFileSync(path))
  if (!file.ok) throw new Error(file.failure.message)
  const card = { ...file.value.card, consent: 'my own voice, for anybody', ...told }
  writeFileSync(path, writeSingerFile(file.value.model, card))
  return path
}

async function openOn(homeFolder: string): Promise<Studio> {
  const studio = await openStudio(homeFolder)
  onTestFinished(() => studio.close())
  return studio
}

test('a singer pack brings owner, agreement, range and provenance in, and takes them out again under another name', async () => {
  const folder = temporaryFolder()
  const studio = await openOn(join(folder, 'home'))
  const imported = await studio.ask('singer:import', { file: { kind: 'path', path: packAt(folder) } })
  expect(imported).toMatchObject({ name: 'Mira', origin: 'imported', consent: 'my own voice, for anybody', ...told })
  await studio.ask('singer:rename', { singerId: imported.id, name: 'Mira the first' })
  expect(await ownSingers(studio.ask('singer:list', {}))).toMatchObject([{ name: 'Mira the first', ...told }])
  const { path } = await studio.ask('singer:export', { singerId: imported.id, path: join(folder, 'out') })
  const file = readSingerFile(readFileSync(path))
  expect(file.ok && file.value.card).toMatchObject({
    name: 'Mira the first',
    consent: 'my own voice, for anybody',
    licence: 'CC0-1.0',
    ...told,
  })
})

test('packs that were damaged on the way are refused with a code, and nothing of them stays', async () => {
  const folder = temporaryFolder()
  const home = join(folder, 'home')
  const studio = await openOn(home)
  const whole = readFileSync(packAt(folder))
  const random = createRandom(3)
  for (let damage = 0; damage < 12; damage++) {
    const bytes = Buffer.from(whole)
    if (damage % 3 === 0) bytes.fill(random.integer(256), random.integer(bytes.length))
    else for (let flip = 0; flip < 5; flip++) bytes[random.integer(bytes.length)] ^= 1 << random.integer(8)
    const path = join(folder, `damaged ${damage}.singer`)
    writeFileSync(path, damage % 3 === 2 ? bytes.subarray(0, random.integer(bytes.length)) : bytes)
    const refusal = await studio.refusal('singer:import', { file: { kind: 'path', path } })
    expect(refusal.code).toBe('checkpoint-invalid')
  }
  expect(await ownSingers(studio.ask('singer:list', {}))).toEqual([])
  expect(readdirSync(singersFolder(home)).filter((name) => !name.startsWith('shipped'))).toEqual([])
})
