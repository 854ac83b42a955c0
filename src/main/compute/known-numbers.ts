import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { PIECE_LENGTH, type KnownNumbers } from '../../shared/conversion/known-analysis.ts'
import { makeFolder, temporaryPathBeside } from '../files/atomic-write.ts'
import { diskOperations, systemCode, type FileOperations } from '../files/file-operations.ts'
import { forgetOldest } from '../files/forget-oldest.ts'
import { giveUpFile } from '../files/give-up-file.ts'

/** Pitch and timbre of an hour and a half in all: 50 MB are four minutes. */
const MOST_KNOWN_BYTES = 1.2e9
const DIGEST_BYTES = 32
const BYTES = Float32Array.BYTES_PER_ELEMENT

/**
 * Numbers in a folder, a file for each key: the numbers, then their SHA-256. A file appears whole, and what was spoiled
 * since is not known. A disk that is full or read-only only costs the time to find everything out again.
 */
export function openKnownNumbers(
  folder: string,
  mostBytes = MOST_KNOWN_BYTES,
  operations: FileOperations = diskOperations,
): KnownNumbers {
  const pathOf = (key: string) => join(folder, `${createHash('sha256').update(key).digest('hex')}.f32`)
  return {
    recall(key, length, take) {
      const path = pathOf(key)
      if (!isWhole(path, length)) return false
      forEachPiece(path, length, take)
      const now = new Date()
      utimesSync(path, now, now)
      return true
    },
    keep(key, length, give) {
      if (length * BYTES + DIGEST_BYTES > mostBytes) return
      const path = pathOf(key)
      try {
        makeFolder(folder, operations)
        writePieces(path, length, give, operations)
        forgetOldest(folder, mostBytes)
      } catch {
        // Nothing is lost but time: a full disk is told by whatever must be written.
      }
    },
  }
}

function writePieces(path: string, length: number, give: Parameters<KnownNumbers['keep']>[2], disk: FileOperations) {
  const passing = temporaryPathBeside(path)
  const descriptor = disk.open(passing, 'wx')
  try {
    const digest = createHash('sha256')
    for (let at = 0; at < length; at += PIECE_LENGTH) {
      const piece = new Float32Array(Math.min(PIECE_LENGTH, length - at))
      give(piece, at)
      digest.update(bytesOf(piece))
      disk.write(descriptor, bytesOf(piece))
    }
    disk.write(descriptor, digest.digest())
  } catch (cause) {
    disk.close(descriptor)
    giveUpFile(passing, disk)
    throw cause
  }
  disk.close(descriptor)
  disk.rename(passing, path)
}

function isWhole(path: string, length: number): boolean {
  try {
    if (statSync(path).size !== length * BYTES + DIGEST_BYTES) return false
    const digest = createHash('sha256')
    const kept = forEachPiece(path, length, (piece) => void digest.update(bytesOf(piece)))
    return digest.digest().equals(kept)
  } catch (cause) {
    if (systemCode(cause) !== null) return false // not there, or not to be read: it is found out again
    throw cause
  }
}

/** @returns what stands behind the numbers */
function forEachPiece(path: string, length: number, take: (piece: Float32Array, at: number) => void): Uint8Array {
  const descriptor = openSync(path, 'r')
  try {
    for (let at = 0; at < length; at += PIECE_LENGTH) {
      const piece = new Float32Array(Math.min(PIECE_LENGTH, length - at))
      readSync(descriptor, bytesOf(piece), 0, piece.byteLength, at * BYTES)
      take(piece, at)
    }
    const tail = new Uint8Array(DIGEST_BYTES)
    readSync(descriptor, tail, 0, DIGEST_BYTES, length * BYTES)
    return tail
  } finally {
    closeSync(descriptor)
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength)
