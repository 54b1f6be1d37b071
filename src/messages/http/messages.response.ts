import { ApiProperty } from '@nestjs/swagger';
import type { MarketingConsent } from '../read-consents.js';
import type { InboxMessage } from '../read-inbox.js';
import type { Allowance } from '../report-subscriptions.js';

export class WordsResponse {
  @ApiProperty({ example: '消费 ¥12.50' })
  zh: string;

  @ApiProperty({ example: 'Paid ¥12.50' })
  en: string;
}

export class InboxMessageResponse {
  @ApiProperty({ example: '812' })
  id: string;

  @ApiProperty({ enum: ['service', 'marketing'] })
  purpose: 'service' | 'marketing';

  @ApiProperty({ example: 'receipt' })
  kind: string;

  @ApiProperty({ type: WordsResponse })
  title: WordsResponse;

  @ApiProperty({ type: WordsResponse })
  body: WordsResponse;

  @ApiProperty({ type: String, nullable: true, example: '/r/0Zk…' })
  link: string | null;

  @ApiProperty({ format: 'date-time' })
  saidAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt: string | null;

  static of(message: InboxMessage): InboxMessageResponse {
    return {
      ...message,
      id: message.id.toString(),
      saidAt: message.saidAt.toISOString(),
      readAt: message.readAt?.toISOString() ?? null,
    };
  }
}

export class InboxResponse {
  @ApiProperty({ type: [InboxMessageResponse] })
  messages: InboxMessageResponse[];

  @ApiProperty({ type: 'integer', description: 'Of the whole inbox.' })
  unread: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `before`; null on the last page.',
  })
  next: string | null;
}

export class MarketingConsentResponse {
  @ApiProperty({ enum: ['unanswered', 'granted', 'refused'], description: '`refused` is final.' })
  state: 'unanswered' | 'granted' | 'refused';

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  saidAt: string | null;
}

export class ConsentsResponse {
  @ApiProperty({ type: MarketingConsentResponse })
  marketing: MarketingConsentResponse;

  static of({ state, saidAt }: MarketingConsent): ConsentsResponse {
    return { marketing: { state, saidAt: saidAt?.toISOString() ?? null } };
  }
}

export class AllowanceResponse {
  @ApiProperty({ description: 'The id to ask WeChat for.' })
  template: string;

  @ApiProperty({ type: 'integer', description: 'How many messages of it the phone allows now.' })
  remaining: number;
}

export class SubscriptionsResponse {
  @ApiProperty({ type: [AllowanceResponse] })
  templates: AllowanceResponse[];

  static of(templates: readonly Allowance[]): SubscriptionsResponse {
    return { templates: [...templates] };
  }
}
