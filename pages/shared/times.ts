const CAMPUS_ZONE = 'Asia/Shanghai';

/** The campus's wall clock, wherever the browser is: `11-22 12:03`. */
export function formatTime(instant: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: CAMPUS_ZONE,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
}
