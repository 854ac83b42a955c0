import S3rver from 's3rver'
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
