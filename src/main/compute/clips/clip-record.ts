import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { clipFaults, type ClipFinding } from '../../../shared/screening/finding.ts'
import type { Fingerprint } from '../../../shared/screening/fingerprint.ts'
import type { ClipSlice } from '../../../shared/screening/slices.ts'
import { CEPSTRA, type VoicePrint } from '../../../shared/screening/voice-print.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'

/** What is kept of an examined clip, so that it is heard once and compared with whatever is added later. */
export interface ClipRecord {
  readonly durationSec: number
  readonly loudnessLufs: number | null
  readonly noiseFloorDb: number | null
  readonly voicedFraction: number
  readonly lowestHz: number | null
  readonly highestHz: number | null
  readonly clippedSampleCount: number
  readonly cutoffHz: number | null
  readonly secondsPerNote: Readonly<Record<number, number>>
  readonly findings: readonly ClipFinding[]
  readonly slices: readonly ClipSlice[]
  readonly digest: string
  readonly fingerprint: Fingerprint | null
  readonly voicePrint: VoicePrint | null
}

export interface ClipRecordStore {
  load(clipId: string): ClipRecord | null
  save(clipId: string, record: ClipRecord): void
}

/** Raised when something is measured or judged in another way: older records are then not read. */
const RECORD_VERSION = 1

const number = z.number()
const orNull = number.nullable()
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)
const stored = z.object({
  version: z.literal(RECORD_VERSION),
  durationSec: number,
  loudnessLufs: orNull,
  noiseFloorDb: orNull,
  voicedFraction: number,
  lowestHz: orNull,
  highestHz: orNull,
  clippedSampleCount: number,
  cutoffHz: orNull,
  secondsPerNote: z.record(z.string(), number),
  findings: z.array(z.object({ fault: z.enum(clipFaults), isSevere: z.boolean(), words: z.string() })),
  slices: z.array(z.object({ startSec: number, endSec: number })),
  digest: z.string(),
  fingerprint: z.object({ signs: base64, isActive: base64 }).nullable(),
  voicePrint: z.object({ counts: base64, offsets: base64, frameCount: number, logLikelihood: number }).nullable(),
})

/** Records in a folder, one file a clip; what can't be read counts as not there. */
export function openClipRecords(folder: string): ClipRecordStore {
  return {
    load(clipId) {
      const path = recordPath(folder, clipId)
      if (!existsSync(path)) return null
      const parsed = stored.safeParse(jsonOf(readWhole(path)))
      return parsed.success ? recordOf(parsed.data) : null
    },
    save(clipId, { fingerprint, voicePrint, ...rest }) {
      makeFolder(folder)
      const record: z.infer<typeof stored> = {
        version: RECORD_VERSION,
        ...rest,
        findings: [...rest.findings],
        slices: [...rest.slices],
        fingerprint: fingerprint && { signs: text(fingerprint.signs), isActive: text(fingerprint.isActive) },
        voicePrint: voicePrint && {
          counts: text(voicePrint.counts),
          offsets: text(voicePrint.offsets),
          frameCount: voicePrint.frameCount,
          logLikelihood: voicePrint.logLikelihood,
        },
      }
      writeAtomically(recordPath(folder, clipId), new TextEncoder().encode(JSON.stringify(record)))
    },
  }
}

/** Whether a clip was examined before, by the measures of this version or an earlier one. */
export const hasClipRecord = (folder: string, clipId: string): boolean => existsSync(recordPath(folder, clipId))

/** Ids come from outside; their digest is a harmless file name. */
const recordPath = (folder: string, clipId: string): string =>
  join(folder, `${createHash('sha256').update(clipId).digest('hex')}.json`)

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null // cut off by a crash of the disk: it is made anew
  }
}

function recordOf({ version: _, fingerprint, voicePrint, ...rest }: z.infer<typeof stored>): ClipRecord | null {
  const print = voicePrint && {
    ...voicePrint,
    counts: new Float64Array(bufferOf(voicePrint.counts)),
    offsets: new Float64Array(bufferOf(voicePrint.offsets)),
  }
  if (print && print.offsets.length !== print.counts.length * CEPSTRA) return null
  return {
    ...rest,
    fingerprint: fingerprint && {
      signs: new Uint32Array(bufferOf(fingerprint.signs)),
      isActive: new Uint8Array(bufferOf(fingerprint.isActive)),
    },
    voicePrint: print,
  }
}

const text = ({ buffer, byteOffset, byteLength }: Uint32Array | Uint8Array | Float64Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** In memory of its own: views need their alignment. Bytes that are no whole number of eight are left out. */
function bufferOf(base64Text: string): ArrayBuffer {
  const bytes = Buffer.from(base64Text, 'base64')
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
