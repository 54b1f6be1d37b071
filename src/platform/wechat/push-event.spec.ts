import { describe, expect, it } from '@jest/globals';
import { parseLossless } from './lossless-json.js';
import { readPushEvent } from './push-event.js';

const popup = { TemplateId: 't1', SubscribeStatusString: 'accept', PopupScene: '0' };
const head = { FromUserName: 'o1', CreateTime: 1714112445, MsgType: 'event' };

describe('parseLossless', () => {
  it('keeps an integer of 64 bits as text, digit by digit', () => {
    expect(parseLossless('{"errcode":0,"msgid":2097683633284153344}')).toEqual({
      errcode: 0,
      msgid: '2097683633284153344',
    });
  });

  it('leaves digits inside strings, decimals and short numbers as they are', () => {
    const text =
      '{"a":"n: 2097683633284153344, \\"2097683633284153344","b":1.2345678901234567,"c":-7}';
    expect(parseLossless(text)).toEqual(JSON.parse(text));
  });
});

describe('readPushEvent', () => {
  it('reads a list of one, which JSON flattens to an object, like a list of many', () => {
    const one = JSON.stringify({ ...head, Event: 'subscribe_msg_popup_event', List: popup });
    const many = JSON.stringify({
      ...head,
      Event: 'subscribe_msg_popup_event',
      List: [popup, popup],
    });
    expect(readPushEvent(one)?.items).toEqual([popup]);
    expect(readPushEvent(many)?.items).toEqual([popup, popup]);
    expect(readPushEvent(one)).toMatchObject({ openid: 'o1', createTime: '1714112445' });
  });

  it('reads the same from XML', () => {
    const fields = '<TemplateId><![CDATA[t1]]></TemplateId><MsgID>2097683633284153344</MsgID>';
    const event = readPushEvent(
      `<xml><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1714112445</CreateTime>` +
        `<Event><![CDATA[subscribe_msg_sent_event]]></Event>` +
        `<SubscribeMsgSentEvent><List>${fields}</List></SubscribeMsgSentEvent></xml>`,
    );
    expect(event).toEqual({
      event: 'subscribe_msg_sent_event',
      openid: 'o1',
      createTime: '1714112445',
      items: [{ TemplateId: 't1', MsgID: '2097683633284153344' }],
    });
  });

  it('finds no event in anything else', () => {
    for (const text of ['', '[]', '{}', '<xml></xml>', 'null', '{"Event":"x"}'])
      expect(readPushEvent(text)).toBeUndefined();
  });
});
