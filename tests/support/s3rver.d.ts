/** The part of s3rver that the tests use; it comes without types. */
declare module 's3rver' {
  import type { Server } from 'node:http'
  import type { AddressInfo } from 'node:net'

  interface Options {
    readonly address: string
    readonly port: number
    readonly silent: boolean
    readonly directory: string
    readonly vhostBuckets: boolean
    readonly configureBuckets: readonly { readonly name: string }[]
  }
  interface SentObject {
    readonly bucket: string
    readonly key: string
    readonly content: AsyncIterable<Uint8Array>
    readonly metadata: Readonly<Record<string, string>>
  }
  interface FilesystemStore {
    getResourcePath(bucket: string, key: string, resource: 'object' | 'object.md5' | 'metadata.json'): string
    putMetadata(bucket: string, key: string, metadata: SentObject['metadata'], md5: string): Promise<void>
    putObject(object: SentObject): Promise<{ readonly size: number; readonly md5: string }>
  }
  class S3rver {
    httpServer: Server
    store: FilesystemStore
    constructor(options: Options)
    run(): Promise<AddressInfo>
    close(): Promise<void>
  }
  export { S3rver as default }
  export type { FilesystemStore, SentObject }
}
