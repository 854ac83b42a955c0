import * as fs from 'node:fs'
import { join } from 'node:path'
import { decoder as openFlac } from '@audio/decode-flac'
import { expect, test } from 'vitest'
import { flacPieces } from '../../../../src/main/files/audio-stream/flac-pieces.ts'

const bytes = new Uint8Array(
  fs.readFileSync(join(import.meta.dirname, '../../../fixtures/audio/flac-many-frames.flac')),
)
const file = {
  sizeBytes: bytes.length,
  read: (start: number, count: number) => bytes.slice(start, Math.min(start + count, bytes.length)),
}

async function decodePieces(pieces: Iterable<Uint8Array>): Promise<number[]> {
  const decoder = await openFlac()
  const samples: number[] = []
  for (const piece of pieces) for (const sample of decoder.decode(piece).channelData[0] ?? []) samples.push(sample)
  for (const sample of decoder.flush().channelData[0] ?? []) samples.push(sample)
  return samples
}

test('a FLAC file cut into pieces of any size decodes to every one of its samples', async () => {
  const whole = await decodePieces([bytes])
  expect(whole.length).toBe(8821)
  for (let pieceBytes = 60; pieceBytes < 400; pieceBytes += 11) {
    expect(await decodePieces(flacPieces(file, 0, pieceBytes))).toEqual(whole)
  }
})

test('the pieces are the file, none of them empty', () => {
  for (const pieceBytes of [1, 17, 4096, 1e6]) {
    const pieces = [...flacPieces(file, 0, pieceBytes)]
    expect(Buffer.concat(pieces).equals(Buffer.from(bytes))).toBe(true)
    expect(pieces.every((piece) => piece.length > 0)).toBe(true)
  }
})
