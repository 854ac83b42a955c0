import * as fs from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { exportSession } from '../../../../src/main/files/export-session.ts'
import { sourcePath } from '../../../../src/main/files/media-folder.ts'
import { createWavWriter } from '../../../../src/main/files/wav-file.ts'
import { CancelledError } from '../../../../src/shared/base/errors.ts'
import type { MarkerId } from '../../../../src/shared/base/id.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { chorus, smallSong, sourceId, verse } from '../../../support/documents.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const schemas = join(import.meta.dirname, '../../../fixtures/dawproject')

function mediaFolder(): string {
  const folder = temporaryFolder()
  fs.mkdirSync(join(sourcePath(folder, sourceId), '..'), { recursive: true })
  const writer = createWavWriter(sourcePath(folder, sourceId), { rateHz: 48_000, channelCount: 1, encoding: 'float32' })
  writer.write([Float32Array.from({ length: 480_000 }, (_, index) => Math.sin(index / 50))])
  writer.finish()
  return folder
}

/** A song with everything that the format knows, and names that would break markup. */
function fullSong(): Project {
  const song = smallSong()
  const regions = {
    ...song.regions,
    [verse]: { ...song.regions[verse], name: 'Verse <1> & "more"', fadeInSamples: 480, gainDb: -3 },
    [chorus]: { ...song.regions[chorus], isMuted: true },
  }
  const markers = [{ id: 'm1' as MarkerId, name: '후렴', atSamples: 240_000 }] // an id for tests
  return { ...song, regions, markers, tracks: song.tracks.map((track) => ({ ...track, pan: -0.5, gainDb: 2 })) }
}

const session = (project: Project, folder: string, media = mediaFolder(), progress = silentProgress) =>
  exportSession({ project, folder, mediaFolder: media, version: '1.2', nameOfSinger: () => 'Mira' }, progress)

async function unpacked(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)(fs.readFileSync(path), {
    lazyEntries: false,
  })
  const entries: Entry[] = []
  await new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => entries.push(entry))
    zip.on('end', resolve)
    zip.on('error', reject)
  })
  const open = promisify(zip.openReadStream.bind(zip)) as (entry: Entry) => Promise<NodeJS.ReadableStream>
  const files = new Map<string, Buffer>()
  for (const entry of entries) {
    const parts: Buffer[] = []
    for await (const part of await open(entry)) parts.push(part as Buffer)
    files.set(entry.fileName, Buffer.concat(parts))
  }
  return files
}

async function complaints(xml: Buffer | undefined, schema: string): Promise<unknown> {
  const judged = await validateXML({
    xml: [{ fileName: 'document.xml', contents: xml?.toString() ?? '' }],
    schema: [fs.readFileSync(join(schemas, schema), 'utf8')],
  })
  return judged.errors
}

test.each([
  ['a song with everything', fullSong()],
  ['an empty song', { ...smallSong(), regions: {}, tracks: [], sources: {} }],
])('%s is valid by the published schema', async (_claim, song) => {
  const { path } = await session(song, temporaryFolder())
  const files = await unpacked(path)
  expect(await complaints(files.get('project.xml'), 'Project.xsd')).toEqual([])
  expect(await complaints(files.get('metadata.xml'), 'MetaData.xsd')).toEqual([])
})

test('clips stand where the regions stand, and their sounds are the very bytes of the song', async () => {
  const media = mediaFolder()
  const { path, bytes } = await session(fullSong(), temporaryFolder(), media)
  expect(bytes).toBe(fs.statSync(path).size)
  const files = await unpacked(path)
  const xml = files.get('project.xml')?.toString() ?? ''
  expect(xml).toContain('name="Verse &lt;1&gt; &amp; &quot;more&quot;"')
  expect(xml).toMatch(/time="5" duration="\d+(\.\d+)?" contentTimeUnit="seconds" playStart="5" [^>]*enable="false"/)
  expect(xml).toContain('<Marker name="후렴" time="5"/>')
  const sounds = [...files.keys()].filter((name) => name.startsWith('audio/'))
  expect(sounds).toHaveLength(1)
  expect(files.get(sounds[0])?.equals(fs.readFileSync(sourcePath(media, sourceId)))).toBe(true)
})

test('changes of tempo and meter are written at their quarter notes, ramps as straight lines, valid by the schema', async () => {
  const moving: Project = {
    ...fullSong(),
    tempoMap: {
      tempos: [
        { bar: 1, bpm: 120, isRamp: true },
        { bar: 5, bpm: 92.5, isRamp: false },
      ],
      meters: [
        { bar: 1, beatsPerBar: 7, beatUnit: 8 },
        { bar: 9, beatsPerBar: 3, beatUnit: 4 },
      ],
    },
  }
  const { path } = await session(moving, temporaryFolder())
  const xml = (await unpacked(path)).get('project.xml')
  expect(await complaints(xml, 'Project.xsd')).toEqual([])
  const text = xml?.toString().replace(/\n\s*/g, '') ?? ''
  expect(text).toContain('<Target parameter="tempo"/><RealPoint time="0" value="120" interpolation="linear"/>')
  expect(text).toContain('<RealPoint time="14" value="92.5" interpolation="hold"/></TempoAutomation>')
  expect(text).toContain('<TimeSignaturePoint time="28" numerator="3" denominator="4"/></TimeSignatureAutomation>')
  const steady = (await unpacked((await session(fullSong(), temporaryFolder())).path)).get('project.xml')?.toString()
  expect(steady).not.toContain('Automation')
})

test('the same song gives the same bytes', async () => {
  const media = mediaFolder()
  const written = [
    await session(fullSong(), temporaryFolder(), media),
    await session(fullSong(), temporaryFolder(), media),
  ]
  const [first, second] = written.map(({ path }) => fs.readFileSync(path))
  expect(first.equals(second)).toBe(true)
})

test('a sound that is gone is named, a cancelled session leaves nothing', async () => {
  const folder = temporaryFolder()
  await expect(session(fullSong(), folder, temporaryFolder())).rejects.toMatchObject({
    failure: { code: 'file-missing' },
  })
  const cancelled = { report: () => {}, isCancelled: true }
  await expect(session(fullSong(), folder, mediaFolder(), cancelled)).rejects.toThrow(CancelledError)
  expect(fs.readdirSync(folder)).toEqual([])
})
