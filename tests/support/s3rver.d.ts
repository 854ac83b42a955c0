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
  class S3rver {
    httpServer: Server
    constructor(options: Options)
    run(): Promise<AddressInfo>
    close(): Promise<void>
  }
  export { S3rver as default }
}
