import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask } from '../support/opened-application.ts'
import { writeSungFile, writeUntrainedSinger } from '../support/sound-files.ts'
import { openStudio, unknownSinger, wholeSource } from '../support/studio.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Stands in every name and every place, and must stand in no log. */
const MARK = 'Zwölfton비밀'

test('names of songs, singers, files and folders stay out of the logs, in what goes well and in what goes wrong', async () => {
  const home = join(temporaryFolder(), `home of ${MARK}`)
  mkdirSync(home)
  const studio = await openStudio(home)
  const opened = await studio.ask('project:create', { name: `song ${MARK}`, rateHz: 48_000 })
  const source = await studio.importPath(opened.projectId, writeSungFile(join(home, `lead ${MARK}.wav`)))
  const file = (path: string) => ({ kind: 'path' as const, path })
  const singer = await studio.ask('singer:import', {
    file: file(writeUntrainedSinger(join(home, `${MARK}.singer`), `voice ${MARK}`)),
  })

  await studio.refusal('project:convert', wholeSource(opened, source, unknownSinger))
  await studio.refusal('project:open', { path: join(home, `gone ${MARK}.understudy`) })
  writeFileSync(join(home, `broken ${MARK}.singer`), `{"name": "${MARK}"`)
  await studio.refusal('singer:import', { file: file(join(home, `broken ${MARK}.singer`)) })
  writeFileSync(join(home, `letter ${MARK}.wav`), 'no sound')
  await studio.ended(
    await studio.ask('project:import', {
      projectId: opened.projectId,
      files: [file(join(home, `letter ${MARK}.wav`)), file(join(home, `missing ${MARK}.wav`))],
      acceptsTruncated: false,
    }),
  )
  const verse = { ...wholeSource(opened, source, singer), regionName: `verse ${MARK}` }
  const converting = await studio.ask('project:convert', verse)
  await studio.ask('jobs:cancel', converting)
  await studio.ended(converting)
  // A fault of the program in the midst of it: what a verb gets is not what it was promised to be.
  await ask(studio.application, 'project:save', {
    projectId: opened.projectId,
    document: opened.document,
    path: join(home, `letter ${MARK}.wav`, `inside ${MARK}.understudy`),
  }).catch(() => {})
  await studio.close()

  const logs = readdirSync(join(home, 'logs')).map((name) => readFileSync(join(home, 'logs', name), 'utf8'))
  const text = logs.join('\n')
  expect(text).toMatch(/info Understudy \d+\.\d+\.\d+, headless, Node \d+/)
  expect(text).toContain('project:open was not done: file-missing')
  for (const part of ['Zwölfton', '비밀', home, 'lead', 'verse', 'letter']) expect(text).not.toContain(part)
})
