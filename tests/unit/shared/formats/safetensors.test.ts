import { expect, test } from 'vitest'
import {
  floatBytes,
  readFloats,
  readSafetensors,
  readSafetensorsMetadata,
  writeSafetensors,
} from '../../../../src/shared/formats/safetensors.ts'

const sample = () =>
  writeSafetensors({
    tensors: new Map([
      ['first', { type: 'F32', shape: [2, 2], bytes: floatBytes(Float32Array.of(1, -2, 3.5, 4)) }],
      ['second', { type: 'U8', shape: [3], bytes: Uint8Array.of(7, 8, 9) }],
    ]),
    metadata: { card: 'words — with é' },
  })

test('tensors and metadata survive the way through bytes', () => {
  const read = readSafetensors(sample())
  if (!read.ok) throw new Error(read.failure.message)
  expect(read.value.metadata).toEqual({ card: 'words — with é' })
  const first = read.value.tensors.get('first')
  expect(first?.shape).toEqual([2, 2])
  expect([...readFloats(first?.bytes ?? new Uint8Array())]).toEqual([1, -2, 3.5, 4])
  expect([...(read.value.tensors.get('second')?.bytes ?? [])]).toEqual([7, 8, 9])
})

test('a file as another program lays it out is read: header at once after its length, no padding', () => {
  const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
  const bytes = new Uint8Array(8 + header.length + 4)
  bytes[0] = header.length
  bytes.set(new TextEncoder().encode(header), 8)
  new DataView(bytes.buffer).setFloat32(8 + header.length, 0.5, true)
  const read = readSafetensors(bytes)
  expect(read.ok && [...readFloats(read.value.tensors.get('a')?.bytes ?? new Uint8Array())]).toEqual([0.5])
})

test('what a file says of itself is read without its numbers, however many it claims', () => {
  const claimed = '"data":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}'
  const header = new TextEncoder().encode(`{"__metadata__":{"card":"words"},${claimed}}`)
  const start = new Uint8Array(8 + header.length)
  start[0] = header.length
  start.set(header, 8)
  const asked: number[] = []
  const read = readSafetensorsMetadata((startBytes, count) => {
    asked.push(startBytes + count)
    return start.subarray(startBytes, startBytes + count)
  })
  expect(read).toEqual({ ok: true, value: { card: 'words' } })
  expect(Math.max(...asked)).toBe(start.length)
})

test('a truncated file is refused, however short', () => {
  const whole = sample()
  for (let length = 0; length < whole.length; length++) {
    const read = readSafetensors(whole.subarray(0, length))
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.failure.code).toBe('checkpoint-invalid')
  }
})

test('a header that lies about places, shapes or lengths is refused', () => {
  const lies = [
    '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}',
    '{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}',
    '{"a":{"dtype":"F32","shape":[1e300,1e300],"data_offsets":[0,4]}}',
    '{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}',
    '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
    '{"__metadata__":{"x":5}}',
    '[]',
    'null',
    '{"a":null}',
  ]
  for (const header of lies) {
    const bytes = new Uint8Array(8 + header.length + 4)
    bytes[0] = header.length
    bytes.set(new TextEncoder().encode(header), 8)
    expect(readSafetensors(bytes).ok, header).toBe(false)
  }
})
