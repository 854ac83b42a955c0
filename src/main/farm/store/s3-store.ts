import type { GetObjectCommand, S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { FailureError } from '../../../shared/base/errors.ts'
import { checkedName, type ObjectStore } from './object-store.ts'
import { s3Failure } from './s3-failure.ts'

export interface S3Place {
  readonly bucket: string
  /** '' or a path without slashes at its ends. */
  readonly prefix: string
  /** Of a server that is not Amazon's. */
  readonly endpoint: URL | null
}

/** With pauses that double from a tenth of a second: a server that is started anew meanwhile is waited for a little. */
const MOST_ATTEMPTS = 5
const CONNECTING_MS = 5000
/** Without a byte in either direction. */
const SILENCE_MS = 30_000
/** The client tries requests again, and not answers that end in the middle. */
const MOST_READINGS = 3

/**
 * Objects of a bucket on any S3-compatible server. The client is loaded here and nowhere else, so that a start without
 * an s3 address is as light as before. Nothing is asked of the server yet.
 */
export async function openS3Store(at: S3Place, environment: NodeJS.ProcessEnv): Promise<ObjectStore> {
  const s3 = await import('@aws-sdk/client-s3')
  const client = new s3.S3Client(clientOptions(at.endpoint, environment))
  const place = at.endpoint ? `the server ${at.endpoint.origin}` : 'Amazon S3'
  const of = (name: string) => ({
    Bucket: at.bucket,
    Key: at.prefix === '' ? checkedName(name) : `${at.prefix}/${checkedName(name)}`,
  })
  const asked = async <T>(request: Promise<T>): Promise<T> => {
    try {
      return await request
    } catch (error) {
      throw new FailureError(s3Failure(error, at.bucket, place))
    }
  }
  return {
    place: `the bucket ${at.bucket} at ${place}`,
    has: (name) =>
      asked(client.send(new s3.HeadObjectCommand(of(name))).then(() => true, otherwise('NotFound', false))),
    read: (name) => asked(wholeBody(client, new s3.GetObjectCommand(of(name))).catch(otherwise('NoSuchKey', null))),
    write: (name, bytes) => asked(client.send(new s3.PutObjectCommand({ ...of(name), Body: bytes }))).then(() => {}),
    remove: (name) => asked(client.send(new s3.DeleteObjectCommand(of(name)))).then(() => {}),
    close: () => client.destroy(),
  }
}

function clientOptions(endpoint: URL | null, environment: NodeJS.ProcessEnv): S3ClientConfig {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = environment
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || (endpoint ? 'us-east-1' : '')
  const sessionToken = AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}
  return {
    ...(endpoint ? { endpoint: endpoint.href, forcePathStyle: true } : { followRegionRedirects: true }),
    ...(region ? { region } : {}),
    // Without these the client looks where Amazon's own programs do: files of profiles, the machine's role.
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey, ...sessionToken } } : {}),
    maxAttempts: MOST_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECTING_MS, socketTimeout: SILENCE_MS },
    // Every object here is known by its hash; servers of other makers don't know the checksums that Amazon's adds.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  }
}

async function wholeBody(client: S3Client, command: GetObjectCommand): Promise<Uint8Array> {
  for (let reading = 1; ; reading++) {
    const { Body } = await client.send(command)
    if (Body === undefined) return new Uint8Array(0)
    try {
      return await Body.transformToByteArray()
    } catch (error) {
      if (reading === MOST_READINGS) throw error
    }
  }
}

/** For an error of this name, an answer. */
const otherwise =
  <T>(name: string, answer: T) =>
  (error: unknown): T => {
    if (error instanceof Error && error.name === name) return answer
    throw error
  }
