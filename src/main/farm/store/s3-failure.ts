import * as z from 'zod'
import { failure, type Failure } from '../../../shared/base/errors.ts'

/** What this file reads of an error of the client: its own name, the server's code, the system's code, the HTTP status. */
const told = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().catch(''),
  $metadata: z.object({ httpStatusCode: z.number().catch(0) }).catch({ httpStatusCode: 0 }),
  $response: z.unknown().optional(),
})

const credentialNames = [
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidToken',
  'ExpiredToken',
  'CredentialsProviderError',
  'TokenRefreshRequired',
]
const regionNames = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException']
const fullNames = ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage', 'ServiceQuotaExceeded']

/** What a failed request to an S3-compatible server means to the person. Bugs are thrown on. */
export function s3Failure(error: unknown, bucket: string, place: string): Failure {
  if (!(error instanceof Error)) throw error
  const { name, message, code, $metadata, $response } = told.parse(error)
  const status = $metadata.httpStatusCode
  const details = `${name}${code && code !== name ? ` (${code})` : ''}: ${message}`
  if (name === 'NoSuchBucket')
    return failure(
      'store-refused',
      `There is no bucket “${bucket}” at ${place}.`,
      'Check the name in the address, or make the bucket first.',
      details,
    )
  if (name === 'RequestTimeTooSkewed')
    return failure(
      'store-refused',
      `The clock of this machine and that of ${place} differ too much.`,
      'Set the clock.',
      details,
    )
  if (credentialNames.includes(name)) return refusedCredentials(place, details)
  if (regionNames.includes(name) || status === 301 || /region is missing/i.test(message))
    return failure(
      'store-refused',
      `The bucket “${bucket}” is not in the region that was asked for.`,
      'Set AWS_REGION to the region of the bucket.',
      details,
    )
  if (status === 401 || status === 403)
    return failure(
      'store-refused',
      `These credentials give no access to the bucket “${bucket}” at ${place}.`,
      'They need the rights to list the bucket and to get, put and delete its objects (s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject).',
      details,
    )
  if (fullNames.includes(name) || status === 507)
    return failure(
      'disk-full',
      `There is no room left in the bucket “${bucket}” at ${place}.`,
      'Free some space and try again.',
      details,
    )
  if (isCertificate(code))
    return failure(
      'store-unreachable',
      `${place} has a certificate that this machine does not trust.`,
      'Name the certificate’s authority in NODE_EXTRA_CA_CERTS.',
      details,
    )
  if (status === 0 && code === '' && name !== 'TimeoutError' && $response === undefined) throw error
  return failure(
    'store-unreachable',
    status === 0 ? `${place} does not answer.` : `${place} answered with ${status}, and not as an object store should.`,
    'Check the address (UNDERSTUDY_S3_ENDPOINT), that the server runs, and the network. Then try again.',
    details,
  )
}

const refusedCredentials = (place: string, details: string) =>
  failure(
    'store-refused',
    `${place} does not know the credentials it was given, or was given none.`,
    'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for passing credentials, AWS_SESSION_TOKEN.',
    details,
  )

const isCertificate = (code: string) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)
