import type { IncomingMessage } from 'node:http'
import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { storeUpload } from '../../../../src/main/http/upload.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

/** A request as far as storing it looks: a stream with headers. */
const sent = (bytes: number, headers: Readonly<Record<string, string>> = {}): IncomingMessage =>
  Object.assign(Readable.from([Buffer.alloc(bytes)]), { headers }) as unknown as IncomingMessage

test('a file larger than the limit is refused by what it says and by what it sends, and leaves nothing', async () => {
  const folder = temporaryFolder()
  await expect(storeUpload(sent(0, { 'content-length': '101' }), folder, 100)).rejects.toThrow('larger than 100 bytes')
  await expect(storeUpload(sent(101), folder, 100)).rejects.toThrow('larger than 100 bytes')
  expect(readdirSync(folder)).toEqual([])
  await storeUpload(sent(100), folder, 100)
  expect(readdirSync(folder)).toHaveLength(1)
})
