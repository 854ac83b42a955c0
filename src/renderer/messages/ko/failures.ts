import type { FailureCode } from '../../../shared/base/errors.ts'

interface FailureWords {
  readonly message: string
  readonly remedy: string
}

/** What went wrong and what the person can do, by code. Names and figures stand in the details, as they were told. */
export const failures: Readonly<Record<FailureCode, FailureWords>> = {
  'audio-empty': { message: '소리가 들어 있지 않습니다.', remedy: '다른 파일을 선택하세요.' },
  'audio-silent': { message: '잡음보다 큰 소리가 없습니다.', remedy: '소리가 있는 파일이나 구간을 선택하세요.' },
  'audio-too-short': { message: '소리가 너무 짧습니다.', remedy: '더 긴 구간을 선택하세요.' },
  'audio-too-long': { message: '소리가 너무 깁니다.', remedy: '더 짧게 나누어 다시 시도하세요.' },
  'audio-truncated': {
    message: '파일이 중간에 잘렸습니다.',
    remedy: '읽을 수 있는 부분만 가져오거나 원본 파일을 찾으세요.',
  },
  'audio-unreadable': {
    message: '오디오로 읽을 수 없는 파일입니다.',
    remedy: 'WAV나 FLAC처럼 읽을 수 있는 형식으로 저장하세요.',
  },
  'audio-not-finite': { message: '소리에 손상된 샘플이 있습니다.', remedy: '파일을 다시 내보내세요.' },
  'audio-rate-low': {
    message: '샘플레이트가 너무 낮아 분석할 수 없습니다.',
    remedy: '더 높은 샘플레이트의 파일을 사용하세요.',
  },
  'audio-unvoiced': { message: '음정이 있는 목소리를 찾지 못했습니다.', remedy: '목소리가 있는 구간을 선택하세요.' },
  'clips-too-few': { message: '학습할 목소리가 모자랍니다.', remedy: '같은 목소리의 클립을 더 추가하세요.' },
  'checkpoint-invalid': {
    message: '가수 파일이 손상되었거나 맞지 않습니다.',
    remedy: '가수를 다시 가져오거나 학습하세요.',
  },
  'content-damaged': {
    message: '공유 저장소의 데이터가 손상되었습니다.',
    remedy: '작업을 다시 시작하세요. 손상된 부분은 다시 전송됩니다.',
  },
  'content-missing': {
    message: '필요한 데이터가 공유 저장소에 없습니다.',
    remedy: '작업을 다시 시작하세요. 없는 부분은 다시 전송됩니다.',
  },
  'disk-full': { message: '디스크 공간이 부족합니다.', remedy: '공간을 비우고 다시 시도하세요.' },
  'engine-unavailable': { message: '쓸 수 있는 연산 엔진이 없습니다.', remedy: '환경설정에서 엔진을 다시 측정하세요.' },
  'engine-stopped': { message: '연산 엔진이 중단되었습니다.', remedy: '다시 시도하세요.' },
  'engine-out-of-memory': {
    message: '메모리가 부족합니다.',
    remedy: '다른 프로그램을 닫거나 더 짧은 구간으로 다시 시도하세요.',
  },
  'engine-device-lost': { message: '드라이버가 연산 장치를 회수했습니다.', remedy: '다시 시도하세요.' },
  'file-missing': { message: '파일을 찾을 수 없습니다.', remedy: '파일의 위치를 찾거나 제자리에 되돌려 놓으세요.' },
  'file-unreadable': { message: '파일을 읽을 수 없습니다.', remedy: '파일과 폴더의 권한을 확인하세요.' },
  'folder-read-only': { message: '이 폴더에는 쓸 수 없습니다.', remedy: '다른 폴더를 선택하세요.' },
  'job-interrupted': { message: '작업 중에 프로그램이 끝났습니다.', remedy: '다시 시도하세요.' },
  'library-corrupt': { message: '라이브러리가 손상되었습니다.', remedy: '프로그램을 다시 시작하세요.' },
  'library-in-use': {
    message: '다른 프로그램이 라이브러리를 사용하고 있습니다.',
    remedy: '다른 Understudy를 닫으세요.',
  },
  'library-newer': {
    message: '라이브러리가 더 새로운 버전에서 만들어졌습니다.',
    remedy: 'Understudy를 업데이트하세요.',
  },
  'name-taken': { message: '이미 사용 중인 이름입니다.', remedy: '다른 이름을 정하세요.' },
  'not-found': { message: '더 이상 존재하지 않습니다.', remedy: '목록을 다시 확인하세요.' },
  'program-fault': { message: '프로그램에 오류가 있습니다.', remedy: '세부 정보를 복사해 알려 주세요.' },
  'project-invalid': { message: '프로젝트 파일이 손상되었습니다.', remedy: '다른 사본을 여세요.' },
  'project-newer': { message: '더 새로운 버전에서 만든 프로젝트입니다.', remedy: 'Understudy를 업데이트하세요.' },
  'request-invalid': { message: '요청을 이해하지 못했습니다.', remedy: '세부 정보를 복사해 알려 주세요.' },
  'request-refused': { message: '요청이 거부되었습니다.', remedy: '프로그램이 출력한 주소로 다시 여세요.' },
  'training-diverged': {
    message: '학습의 수치가 한없이 커져 마지막으로 올바른 지점에서 멈췄습니다.',
    remedy: '더 낮은 학습률로 그 지점부터 이어 가세요.',
  },
  'queue-unreachable': {
    message: '작업 대기열에 연결할 수 없습니다.',
    remedy: '대기열 서버가 켜져 있는지, 주소와 암호가 맞는지 확인하고 다시 시도하세요.',
  },
  'store-address-invalid': {
    message: '공유 저장소의 주소가 올바르지 않습니다.',
    remedy: '폴더의 전체 경로나 s3://버킷/접두사 형식의 주소를 사용하세요.',
  },
  'store-refused': {
    message: '공유 저장소가 접근을 거부했습니다.',
    remedy: '버킷의 이름과 자격 증명을 확인하세요.',
  },
  'store-unreachable': {
    message: '공유 저장소에 연결할 수 없습니다.',
    remedy: '공유 폴더가 마운트되어 있는지, 서버가 켜져 있는지 확인하고 다시 시도하세요.',
  },
  'singer-unknown': { message: '이 컴퓨터에 없는 가수입니다.', remedy: '가수를 가져오거나 다른 가수를 선택하세요.' },
}
