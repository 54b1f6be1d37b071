import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { FindCard } from '../find-card.js';
import { InviteGuests } from '../invite-guests.js';
import { HoursBody, InvitationRequest, NewGuestRequest, readInvitation } from './guests.request.js';

class CardNumberParameter {
  @ApiProperty({ example: '1002600001' })
  @Matches(/^\d{6,20}$/)
  number: string;
}

class InvitationParameter extends CardNumberParameter {
  @ApiProperty({ example: '12' })
  @Matches(/^[1-9]\d{0,17}$/)
  invitation: string;
}

class InvitationResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ type: [String], nullable: true })
  places: string[] | null;
  @ApiProperty({ format: 'date-time' })
  startsAt: string;
  @ApiProperty({ format: 'date-time' })
  endsAt: string;
  @ApiProperty({ type: HoursBody, nullable: true })
  hours: HoursBody | null;
  @ApiProperty()
  withdrawn: boolean;
}

/** Whoever visits the campus, and the families of those who work there. */
@ApiTags('staff')
@Controller('v1/staff/guests')
export class GuestsController {
  constructor(private readonly guests: InviteGuests) {}

  /** A visitor comes with an invitation, family without. */
  @Post()
  @Access('staff', 'cards.guests')
  @ApiCreatedResponse({ description: 'cardholderId' })
  async admit(
    @Body() { invitation, ...guest }: NewGuestRequest,
    @CurrentCaller() { id }: Caller,
  ): Promise<{ cardholderId: string }> {
    const invited = invitation === undefined ? null : readInvitation(invitation);
    const cardholder = await this.guests.admit({ ...guest, invitation: invited }, id);
    return { cardholderId: cardholder.toString() };
  }
}

/** Where and when a visitor's card pays. */
@ApiTags('staff')
@Controller('v1/staff/cards/:number/invitations')
export class InvitationsController {
  constructor(
    private readonly cards: FindCard,
    private readonly guests: InviteGuests,
  ) {}

  @Get()
  @Access('staff', 'cards.read')
  @ApiOkResponse({ type: [InvitationResponse] })
  async list(@Param() { number }: CardNumberParameter): Promise<InvitationResponse[]> {
    const { id } = await this.cards.byNumber(number);
    return (await this.guests.list(id)).map((kept) => ({
      id: kept.id.toString(),
      places: kept.places?.map(String) ?? null,
      startsAt: kept.startsAt.toISOString(),
      endsAt: kept.endsAt.toISOString(),
      hours: kept.hours,
      withdrawn: kept.isWithdrawn,
    }));
  }

  @Post()
  @Access('staff', 'cards.guests')
  @ApiCreatedResponse({ description: 'id' })
  async invite(
    @Param() { number }: CardNumberParameter,
    @Body() body: InvitationRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<{ id: string }> {
    const { id } = await this.cards.byNumber(number);
    const invitation = await this.guests.invite(id, readInvitation(body), caller.id);
    return { id: invitation.toString() };
  }

  @Post(':invitation/withdrawal')
  @HttpCode(204)
  @Access('staff', 'cards.guests')
  @ApiNoContentResponse()
  async withdraw(@Param() { number, invitation }: InvitationParameter): Promise<void> {
    const { id } = await this.cards.byNumber(number);
    await this.guests.withdraw(id, BigInt(invitation));
  }
}
