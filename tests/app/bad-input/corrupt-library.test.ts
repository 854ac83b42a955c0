import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCommand } from '../../support/command-line.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, wholeSource } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { ownSingers } from '../../support/own-singers.ts'

test('a corrupt library is set aside and told; singers and clips are there again, and the song still converts', async () => {
  const folder = temporaryFolder()
  const home = join(folder, 'home')
  const songPath = join(folder, 'Song.understudy')
  const first = await openStudio(home)
  const file = { kind: 'path' as const, path: writeUntrainedSinger(join(folder, 'mira.singer'), 'Mira') }
  const singer = await first.ask('singer:import', { file })
  const clip = writeVoice(join(folder, 'clip.wav'), [sungVoice('low').slice(0, 2 * VOICE_RATE_HZ)])
  await first.outcome('inspect', await first.ask('singer:inspectClips', { files: [{ kind: 'path', path: clip }] }))
  const project = await first.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
  const source = await first.importPath(project.projectId, clip)
  const document = { ...project.document, sources: { [source.id]: source } }
  await first.ask('project:save', { projectId: project.projectId, document, path: songPath })
  await first.close()

  const databasePath = join(home, 'library.sqlite')
  const broken = readFileSync(databasePath)
  broken.fill(0x55, 100, broken.length)
  writeFileSync(databasePath, broken)
  const song = readFileSync(songPath)

  const second = await openStudio(home)
  try {
    const { notices } = await second.ask('application:describe', {})
    expect(notices.join(' ')).toMatch(/damaged|corrupt/i)
    const aside = readdirSync(home).filter((name) => /corrupt/i.test(name))
    expect(aside.map((name) => readFileSync(join(home, name)).equals(broken))).toContain(true)
    expect(notices.join(' ')).toContain(aside[0])
    const [again] = await ownSingers(second.ask('singer:list', {}))
    expect(again).toMatchObject({ name: singer.name, digest: singer.digest })
    expect(readFileSync(songPath).equals(song)).toBe(true)
    const opened = await second.ask('project:open', { path: songPath })
    const request = wholeSource(opened, source, again, { durationSamples: 12_000 })
    await second.outcome('convert', await second.ask('project:convert', request))
  } finally {
    await second.close()
  }
})

test('of two programs that open one library the second is told who holds it, and the first goes on undisturbed', async () => {
  const home = join(temporaryFolder(), 'home')
  const studio = await openStudio(home)
  try {
    const { code, output } = await startCommand(['jobs', '--json'], home).ended
    expect(code).toBe(1)
    expect(JSON.parse(output)).toMatchObject({
      ok: false,
      failure: { code: 'library-in-use', message: expect.stringContaining(`process ${process.pid}`) },
    })
    expect(await studio.ask('jobs:list', {})).toEqual([])
  } finally {
    await studio.close()
  }
  expect((await startCommand(['jobs', '--json'], home).ended).code).toBe(0)
})
