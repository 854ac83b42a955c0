import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStudio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

test('a song of a newer version opens as a copy without what is not known, and its file stays as it is', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'Song.understudy')
  const studio = await openStudio(join(folder, 'home'))
  try {
    const clip = writeVoice(join(folder, 'clip.wav'), [sungVoice('low').slice(0, VOICE_RATE_HZ)])
    const project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
    const source = await studio.importPath(project.projectId, clip)
    const document = { ...project.document, sources: { [source.id]: source } }
    await studio.ask('project:save', { projectId: project.projectId, document, path })
    await studio.ask('project:close', { projectId: project.projectId })
    const newer = {
      ...document,
      version: 99,
      lights: { color: 'blue' },
      sources: { [source.id]: { ...source, mood: 'dim' } },
    }
    writeFileSync(path, JSON.stringify(newer))
    const written = readFileSync(path)

    const opened = await studio.ask('project:open', { path })
    expect(opened).toMatchObject({ path: null, copyOf: path, missingSourceIds: [] })
    expect(opened.document.sources).toEqual({ [source.id]: source })
    expect(opened.projectId).not.toBe(project.projectId)
    await studio.ask('project:save', {
      projectId: opened.projectId,
      document: opened.document,
      path: join(folder, 'Copy.understudy'),
    })
    const again = await studio.ask('project:open', { path })
    expect(again.missingSourceIds).toEqual([])
    expect(readFileSync(path).equals(written)).toBe(true)
  } finally {
    await studio.close()
  }
})
