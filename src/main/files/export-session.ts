import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { PerformerId, RegionId } from '../../shared/base/id.ts'
import { throwIfCancelled, type Progress } from '../../shared/base/progress.ts'
import type { ExportedFile } from '../../shared/contract/jobs.ts'
import { encodeSessionMetadata, encodeSessionXml } from '../../shared/formats/dawproject/project-xml.ts'
import type { Session, SessionMedia } from '../../shared/formats/dawproject/session.ts'
import { flattenComp } from '../../shared/project/edits/takes.ts'
import { safeName } from '../../shared/project/export-names.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import { regionsOfTrack, replacedRegionIds } from '../../shared/project/queries.ts'
import { makeFolder } from './atomic-write.ts'
import { conversionNotice } from './conversion-notice.ts'
import type { FileOperations } from './file-operations.ts'
import { freePath } from './free-path.ts'
import { createGrowingFile } from './growing-file.ts'
import { createMediaReaders, type MediaReaders } from './media-readers.ts'
import { mediaOf, requireMedia } from './mix-regions.ts'

export interface SessionExport {
  readonly project: Project
  readonly folder: string
  readonly mediaFolder: string
  readonly version: string
  readonly nameOfSinger: (performerId: PerformerId) => string
  readonly operations?: FileOperations
}

/** A date that does not move, so that the same song gives the same bytes: the first that a ZIP can hold. */
const ENTRY_DATE = new Date(1980, 0, 1)

/**
 * Writes the arrangement as DAWproject 1.0 with every sound that is heard, as 32-bit float WAV at the project's rate:
 * what another workstation plays from it is the same samples. Streams; a name that exists is never overwritten.
 * Throws FailureError (file-missing, disk-full, folder-read-only) and CancelledError; what was begun is gone then.
 */
export async function exportSession(request: SessionExport, progress: Progress): Promise<ExportedFile> {
  const { project, folder, operations } = request
  makeFolder(folder, operations)
  const readers = createMediaReaders()
  const sounds = new Map<string, string>()
  try {
    const session = describeSession(request, readers, sounds)
    const path = freePath(join(folder, `${safeName(project.name)}.dawproject`))
    const bytes = await writeArchive(path, session, sounds, request, progress)
    return { path, durationSamples: longestOf(session), bytes }
  } finally {
    readers.close()
  }
}

async function writeArchive(
  path: string,
  session: Session,
  sounds: ReadonlyMap<string, string>,
  { operations }: SessionExport,
  progress: Progress,
): Promise<number> {
  const archive = new ZipFile()
  const texts = { 'project.xml': encodeSessionXml(session), 'metadata.xml': encodeSessionMetadata(session) }
  for (const [name, text] of Object.entries(texts)) {
    archive.addBuffer(Buffer.from(text), name, { mtime: ENTRY_DATE, mode: 0o100644 })
  }
  for (const [from, to] of sounds) {
    archive.addFile(from, to, { mtime: ENTRY_DATE, mode: 0o100644, compress: false })
  }
  archive.on('error', (cause) => (archive.outputStream as Readable).destroy(cause))
  archive.end()
  const expectedBytes = [...sounds.keys()].reduce((sum, from) => sum + fs.statSync(from).size, 0)
  const file = createGrowingFile(path, operations)
  let bytes = 0
  try {
    for await (const part of archive.outputStream as AsyncIterable<Buffer>) {
      throwIfCancelled(progress)
      file.write(part)
      bytes += part.length
      progress.report(Math.min(1, bytes / Math.max(expectedBytes, 1)), 'writing the session')
    }
    file.finish()
    return bytes
  } catch (cause) {
    file.abandon()
    throw cause
  }
}

/** Also names every sound that the archive must hold: from where it lies to where it goes. */
function describeSession(request: SessionExport, readers: MediaReaders, sounds: Map<string, string>): Session {
  const { version } = request
  const project = withoutComps(request.project)
  const replaced = replacedRegionIds(project)
  const clipOf = (region: Region) => {
    const media = requireMedia(region, mediaOf(region, request.mediaFolder, project.rateHz), request.mediaFolder)
    return {
      ...region,
      isHeard: !region.isMuted && !replaced.has(region.id),
      media: soundOf(media.path, region, readers, sounds),
      mediaStartSamples: media.mediaStartSamples,
    }
  }
  return {
    name: project.name,
    application: { name: 'Understudy', version },
    notice: conversionNotice(singersHeard(request)),
    rateHz: project.rateHz,
    tempoMap: project.tempoMap,
    markers: project.markers,
    tracks: project.tracks.map((track) => ({
      ...track,
      clips: regionsOfTrack(project, track.id).map(clipOf),
    })),
  }
}

/** Other workstations have no comps of ours: each take of one is a clip, crossfading with the next. */
function withoutComps(project: Project): Project {
  let count = 0
  const mint = (regionId: RegionId) => (): RegionId => `${regionId}piece${++count}` as RegionId // new beside all others
  return Object.values(project.regions)
    .filter((region) => region.heard === 'converted')
    .reduce((flat, region) => flattenComp(flat, region.id, mint(region.id)), project)
}

function singersHeard({ project, nameOfSinger }: SessionExport): readonly string[] {
  const converted = Object.values(project.regions).filter((region) => region.render && region.heard === 'converted')
  return [...new Set(converted.flatMap((region) => region.performance?.singerId ?? []))].map(nameOfSinger)
}

function soundOf(path: string, region: Region, readers: MediaReaders, sounds: Map<string, string>): SessionMedia {
  const known = sounds.get(path)
  const name = known ?? `audio/${sounds.size + 1} ${safeName(region.name)}.wav`
  sounds.set(path, name)
  const { channelCount, durationSamples } = readers.describe(path)
  return { path: name, channelCount, durationSamples }
}

const longestOf = ({ tracks }: Session): number =>
  tracks
    .flatMap((track) => track.clips)
    .reduce((end, clip) => Math.max(end, clip.startSamples + clip.durationSamples), 0)
