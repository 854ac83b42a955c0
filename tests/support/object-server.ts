import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver, { type FilesystemStore, type SentObject } from 's3rver'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

/** An S3-compatible server of this process, with one bucket, `studio`. */
export interface ObjectServer {
  /** What `openStore` reads: where the server is, and credentials that it knows. */
  readonly environment: Readonly<Record<string, string>>
  readonly port: number
  /** As if its power went: open connections end as well. */
  stop(): Promise<void>
}

export async function startObjectServer(): Promise<ObjectServer> {
  const directory = makeTemporaryFolder()
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: 'studio' }],
  })
  server.store.putObject = (object) => putWhole(server.store, object)
  const { port } = await server.run()
  let stopped: Promise<void> | null = null
  return {
    environment: {
      UNDERSTUDY_S3_ENDPOINT: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    },
    port,
    stop() {
      stopped ??= (async () => {
        const closed = server.close()
        server.httpServer.closeAllConnections()
        await closed
        removeFolder(directory)
      })()
      return stopped
    },
  }
}

/**
 * S3 shows an object whole or not at all, and shows it to everybody once a PUT is answered. s3rver writes into the file
 * that is read, and answers when it has received the bytes: on a slow disk the next GET finds a part of them.
 */
async function putWhole(store: FilesystemStore, { bucket, key, content, metadata }: SentObject) {
  const bytes = await buffer(content)
  const path = store.getResourcePath(bucket, key, 'object')
  const passing = `${path}.${randomUUID()}`
  const md5 = createHash('md5').update(bytes).digest('hex')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(passing, bytes)
  await store.putMetadata(bucket, key, metadata, md5)
  await rename(passing, path)
  return { size: bytes.length, md5 }
}
