export type PushEventName =
  'subscribe_msg_popup_event' | 'subscribe_msg_change_event' | 'subscribe_msg_sent_event';

export type PushEvent = {
  event: PushEventName;
  openid: string;
  /** Unix seconds. */
  createTime: number;
  list: Record<string, string>[];
};

const xmlNames: Record<PushEventName, string> = {
  subscribe_msg_popup_event: 'SubscribeMsgPopupEvent',
  subscribe_msg_change_event: 'SubscribeMsgChangeEvent',
  subscribe_msg_sent_event: 'SubscribeMsgSentEvent',
};

/** As JSON the platform flattens the list: an object when there is one item, else an array. */
export function eventJson(event: PushEvent, toUserName: string): string {
  return JSON.stringify({
    ToUserName: toUserName,
    FromUserName: event.openid,
    CreateTime: event.createTime,
    MsgType: 'event',
    Event: event.event,
    List: event.list.length === 1 ? event.list[0] : event.list,
  });
}

/** As XML the items lie inside an element that is named after the event. */
export function eventXml(event: PushEvent, toUserName: string): string {
  const items = event.list
    .map((item) => {
      const fields = Object.entries(item).map(([name, value]) => element(name, value));
      return `<List>${fields.join('')}</List>`;
    })
    .join('');
  const wrapper = xmlNames[event.event];
  return [
    '<xml>',
    element('ToUserName', toUserName),
    element('FromUserName', event.openid),
    `<CreateTime>${event.createTime}</CreateTime>`,
    element('MsgType', 'event'),
    element('Event', event.event),
    `<${wrapper}>${items}</${wrapper}>`,
    '</xml>',
  ].join('');
}

export function element(name: string, value: string): string {
  return `<${name}><![CDATA[${value}]]></${name}>`;
}
