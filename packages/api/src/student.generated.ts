// Made from the OpenAPI document beside this package; not edited by hand.

export interface paths {
    "/v1/cardholder-sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SignInController_signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cardholder-sign-ins/by-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SignInController_signInByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cardholder-sign-ins/by-wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SignInController_signInByWechat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cardholder-sign-ins/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["SignInController_signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MeController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["CardController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/card/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["CardController_freeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/card/payment-pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PaymentPinController_read"];
        put: operations["PaymentPinController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/card/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["CardController_unfreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ConfirmationsController_asked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/confirmations/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ConfirmationsController_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ConsentsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/funding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyFundingController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["InboxController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/inbox/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["InboxController_markRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/marketing-consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ConsentsController_allow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/marketing-refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ConsentsController_refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/meters/{id}/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MyRoomsController_buy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/meters/{id}/credits/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyRoomsController_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/meters/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyRoomsController_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/meters/{id}/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyRoomsController_ticket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/owed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyOwedController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyPassesController_list"];
        put?: never;
        post: operations["MyPassesController_buy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passes/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyPassesController_offered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MeController_changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StatementController_own"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/payments/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ProofController_prove"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/phone/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["CertificatesController_certify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/phone/synchronisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PhoneController_synchronise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyRoomsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MySessionsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MySessionsController_reading"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MySessionsController_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/static-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyStaticCredentialsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/static-credentials/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MyStaticCredentialsController_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyPassesController_visits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MeController_bind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/wechat-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ConsentsController_readSubscriptions"];
        put?: never;
        post: operations["ConsentsController_reportSubscriptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/occupancies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyPassesController_occupancies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/phone-enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PhoneController_enrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/phone-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PhoneController_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/realtime-tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["RealtimeController_issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ReceiptsController_open"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts/{token}/marketing-refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ReceiptsController_refuseMarketing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seal-heads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["SealHeadsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AllowanceResponse: {
            /** @description Fen of the cash that are set aside */
            amount: number;
            /** Format: date-time */
            endsAt: string;
        };
        AskedSaleResponse: {
            paymentId: string;
            /** @description The phone whose code was scanned: no other one can answer */
            credentialId: string;
            terminalId: string;
            place: components["schemas"]["LocalTextResponse"];
            /** @example B3-0427 */
            shortNumber: string;
            /** @description Fen */
            amount: number;
            /** Format: date-time */
            expiresAt: string;
        };
        AskedSalesResponse: {
            /** @description The most urgent first */
            confirmations: components["schemas"]["AskedSaleResponse"][];
            /** Format: date-time */
            serverTime: string;
        };
        BindWechatRequest: {
            /** @description What `wx.login` gave; it works once. */
            code: string;
        };
        BoughtCreditMessage: {
            zh: string;
            en: string;
        };
        BoughtCreditResponse: {
            orderNumber: string;
            /**
             * @description As it stands now: the same request again asks for it
             * @enum {string}
             */
            verdict: "approved" | "declined" | "pending";
            reason: string | null;
            message: components["schemas"]["BoughtCreditMessage"];
            paymentId: string;
            /** @example APP2-0427 */
            shortNumber: string;
            amount: number;
            /**
             * Format: date-time
             * @description Of a pending one: until when the phone may confirm
             */
            expiresAt: string | null;
            /** @description Whether the credit has come to the meter */
            delivered: boolean;
        };
        BuyCreditRequest: {
            /** @description The phone's own number of this purchase, a lower-case UUIDv7 */
            orderNumber: string;
            /** @description A payment code of the phone that buys */
            code: string;
            /** @description Fen */
            amount: number;
        };
        CardResponse: {
            number: string;
            holderName: string;
            /** @enum {string} */
            status: "active" | "frozen" | "lost" | "closed";
            /** @description Fen in all purses, with what is held */
            balance: number;
            /** @description Fen that sales can use now, each purse where it is good */
            available: number;
            /** @description Fen of what is available that is set aside for sales without a network */
            allowance: number;
            /** @description In the order in which they pay */
            purses: components["schemas"]["PurseResponse"][];
            /** @description What counts for this card; null is no limit */
            limits: components["schemas"]["LimitsBody"];
            /** @description What counts towards the limits now */
            spent: components["schemas"]["SpentResponse"];
            /** @description Fen; null is no limit */
            dayLimit: number | null;
            /** @description Fen */
            spentToday: number;
        };
        CardholderResponse: {
            /**
             * @description Decimal string.
             * @example 17
             */
            id: string;
            /** @example 20260001 */
            number: string;
            /** @example 张小明 */
            name: string;
            /** @example Zhang Xiaoming */
            nameEn: string | null;
            /** @enum {string} */
            group: "student" | "staff" | "guest";
            /** @enum {string} */
            status: "active" | "closed";
        };
        CertificationRequest: {
            /** @example 12 */
            credentialId: string;
            /** @description Of the last synchronization, base64url */
            challenge: string;
            /** @description As many as were due, in the order in which they will be used */
            keys: components["schemas"]["ProvenKeyRequest"][];
        };
        CertificationResponse: {
            /** Format: date-time */
            serverTime: string;
            offline: components["schemas"]["OfflineRightResponse"] | null;
        };
        CertifyingKeyResponse: {
            keyId: number;
            /** @description Ed25519, base64url */
            publicKey: string;
            /** Format: date-time */
            notBefore: string;
            /**
             * Format: date-time
             * @description The first second at which it is not good
             */
            notAfter: string;
        };
        ConfirmationResponse: {
            paymentId: string;
            /**
             * @description How the sale ended: paid when `confirmed`, by every other word not
             * @enum {string}
             */
            outcome: "confirmed" | "refused" | "expired" | "withdrawn" | "card_frozen" | "card_lost" | "card_closed" | "terminal_revoked";
            message: components["schemas"]["LocalTextResponse"];
        };
        ConsentsResponse: {
            marketing: components["schemas"]["MarketingConsentResponse"];
        };
        DeviceCheckBody: {
            /** @description `resultJSON`, as it came */
            resultJson: string;
            /** @description `resultJSONSignature` */
            signature: string;
        };
        FundingItemResponse: {
            /** @enum {string} */
            kind: "collection" | "subsidy" | "top-up";
            /**
             * @description claimed: under way.
             * @enum {string}
             */
            state: "claimed" | "succeeded" | "failed";
            /** @description Fen */
            amount: number;
            /** Format: date-time */
            at: string;
        };
        FundingResponse: {
            /** @description Newest first. */
            funding: components["schemas"]["FundingItemResponse"][];
        };
        GoodForResponse: {
            placeKinds: ("canteen" | "gym" | "dorm")[] | null;
            /** @description Ids of places */
            places: string[] | null;
            /** @description Codes of meal periods */
            meals: string[] | null;
        };
        InboxMessageResponse: {
            /** @example 812 */
            id: string;
            /** @enum {string} */
            purpose: "service" | "marketing";
            /** @example receipt */
            kind: string;
            title: components["schemas"]["WordsResponse"];
            body: components["schemas"]["WordsResponse"];
            /** @example /r/0Zk… */
            link: string | null;
            /** Format: date-time */
            saidAt: string;
            /** Format: date-time */
            readAt: string | null;
        };
        InboxResponse: {
            messages: components["schemas"]["InboxMessageResponse"][];
            /** @description Of the whole inbox. */
            unread: number;
            /** @description Send it as `before`; null on the last page. */
            next: string | null;
        };
        InclusionProofResponse: {
            /** @enum {integer} */
            version: 1;
            entry: components["schemas"]["SealedEntryResponse"];
            /**
             * @description SHA-256, lower-case hexadecimal
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            leaf: string;
            /** @description Which leaf of its block, from zero */
            index: number;
            /** @description Siblings, from the leaf up */
            path: string[];
            /** @description From the entry's block to the anchor's */
            blocks: components["schemas"]["SealBlockResponse"][];
            /** @description The anchor's line; null: not yet */
            anchor: string | null;
        };
        IssuerKeyResponse: {
            keyId: string;
            /** @description Ed25519, base64url */
            publicKey: string;
        };
        LimitsBody: {
            /** @description Fen that one sale may cost */
            sale: number | null;
            /** @description Fen that may be spent in one meal period */
            mealAmount: number | null;
            /** @description Sales in one meal period */
            mealCount: number | null;
            /** @description Fen that may be spent in one business day */
            dayAmount: number | null;
            /** @description Sales in one business day */
            dayCount: number | null;
            /** @description Fen that may be spent in one month, by business days */
            monthAmount: number | null;
            /** @description Sales in one month */
            monthCount: number | null;
        };
        LinkSignInRequest: {
            /**
             * @description Browsers take an HttpOnly cookie; programs without cookies ask for the token in the body.
             * @default cookie
             * @enum {string}
             */
            tokenIn: "cookie" | "body";
            /** @description What stands behind `#sign-in=` in the link. */
            token: string;
        };
        LocalNameResponse: {
            zh: string;
            en: string;
        };
        LocalTextResponse: {
            zh: string;
            en: string;
        };
        MarketingConsentResponse: {
            /**
             * @description `refused` is final.
             * @enum {string}
             */
            state: "unanswered" | "granted" | "refused";
            /** Format: date-time */
            saidAt: string | null;
        };
        MeterResponse: {
            meterId: string;
            /** @enum {string} */
            kind: "electricity" | "water";
            /** @enum {string} */
            unit: "wh" | "liter";
            /** @description The number on the device */
            meterNumber: number;
            networked: boolean;
            /** @description Fen for `per` units */
            price: number;
            per: number;
            /** @description Fen; below zero: used, not paid */
            credit: number;
            warnBelow: number;
            reading: number;
            /** Format: date-time */
            readAt: string;
        };
        MySessionResponse: {
            /** @enum {string} */
            state: "running" | "ended";
            /** @enum {string} */
            unit: "liter" | "kwh" | "minute";
            /** @description Fen for one unit */
            unitPrice: number;
            programme: components["schemas"]["RunningProgrammeResponse"] | null;
            /** @description Fen; the most that it costs */
            held: number;
            /** @description Thousandths of the unit, as last reported */
            reading: number;
            /** @description Fen; so far, or in the end */
            amount: number;
            /** @description Whether the device has to stop now */
            stop: boolean;
            /**
             * Format: date-time
             * @description When the clock ends it
             */
            expiresAt: string;
            /** @enum {string|null} */
            endReason: "final" | "expired" | "office" | "taken_back" | "declined" | null;
            sessionId: string;
            paymentId: string;
            place: components["schemas"]["SessionTextResponse"];
            /** Format: date-time */
            beganAt: string;
            /** Format: date-time */
            reportedAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
        };
        MySessionsResponse: {
            /** @description Newest first */
            sessions: components["schemas"]["MySessionResponse"][];
        };
        MyStaticCredentialsResponse: {
            /** @description How the number ends that is printed on the plastic card in use: two characters */
            plastic: string | null;
            /** @enum {string} */
            numberPin: "usable" | "stopped" | "no_pin";
            caps: components["schemas"]["StaticCapsBody"];
        };
        OccupanciesResponse: {
            places: components["schemas"]["OccupancyResponse"][];
        };
        OccupancyResponse: {
            placeId: string;
            name: components["schemas"]["LocalNameResponse"];
            inside: number;
            /** @description Null is as many as come */
            capacity: number | null;
            /** @example 06:00 */
            opens: string;
            /** @example 22:00 */
            closes: string;
            /** @description Right now */
            open: boolean;
        };
        OfferResponse: {
            offerId: string;
            placeId: string;
            name: components["schemas"]["LocalNameResponse"];
            /** @description Where the pass is good */
            places: string[];
            groups: string[];
            /** @description The day of the purchase included */
            days: number;
            /** @example 06:00 */
            from: string;
            /** @example 22:00 */
            until: string;
            /** @description Entries; null is any number */
            uses: number | null;
            /** @description Fen */
            amount: number;
        };
        OffersResponse: {
            offers: components["schemas"]["OfferResponse"][];
        };
        OfflineRightResponse: {
            /** @description Of the campus, as in its certificates */
            scheme: number;
            issuerKeys: components["schemas"]["CertifyingKeyResponse"][];
            /** @description What new keys are proven with: 32 bytes in base64url */
            challenge: string;
            /** @description How many keys the phone may have certified now */
            keysDue: number;
            /** @description 116 bytes each in base64url: all that may be used now or later, by their windows */
            certificates: string[];
            allowance: components["schemas"]["AllowanceResponse"] | null;
        };
        OwedResponse: {
            /** @description Fen that the card owes now */
            amount: number;
            /** @description What it came from, the newest first */
            sales: components["schemas"]["OwedSaleResponse"][];
        };
        OwedSaleResponse: {
            paymentId: string;
            /** @example B3-0427 */
            shortNumber: string;
            /** @description Fen */
            amount: number;
            /** @description Fen that the card lacked then */
            owed: number;
            /** Format: date-time */
            occurredAt: string;
        };
        OwnVisitResponse: {
            visitId: string;
            place: components["schemas"]["LocalNameResponse"];
            /** @enum {string} */
            charge: "free" | "pass" | "entry" | "time";
            inside: boolean;
            enteredAt: string;
            /** @description When the place closes, and the visit with it */
            closesAt: string;
            endedAt: string | null;
            /** @enum {string|null} */
            endReason: "exit" | "forgotten" | "again" | "released" | "reversed" | null;
            /** @description Fen for each minute begun */
            minutePrice: number | null;
            /** @description Fen; it never costs more */
            most: number;
            /** @description Fen: what it cost, or costs if it ended now */
            cost: number;
        };
        OwnVisitsResponse: {
            /** @description Under way first, then the newest; 30 */
            visits: components["schemas"]["OwnVisitResponse"][];
        };
        PassOrderRequest: {
            /** @description Of an offer */
            offerId: string;
            /** @description The phone's own number of this purchase, a lower-case UUIDv7 */
            orderNumber: string;
            /**
             * @description A payment code of the phone that buys
             * @example 97185965475126865312
             */
            code: string;
        };
        PassResponse: {
            passId: string;
            places: string[];
            /** @example 2026-11-01 */
            firstDay: string;
            /** @example 2026-11-30 */
            lastDay: string;
            from: string;
            until: string;
            /** @description Null is any number */
            uses: number | null;
            used: number;
        };
        PassesResponse: {
            passes: components["schemas"]["PassResponse"][];
        };
        PaymentPinRequest: {
            /**
             * @description Six digits
             * @example 402917
             */
            pin: string;
            /** @description The password; or `linkToken` */
            password?: string;
            /** @description What stands behind `#sign-in=` in a link of the office */
            linkToken?: string;
        };
        PaymentPinResponse: {
            isSet: boolean;
            /** Format: date-time */
            lockedUntil: string | null;
            /**
             * Format: date-time
             * @description A first PIN is good a day later, unless it was set by a link of the office
             */
            usableFrom: string | null;
        };
        PaymentProofResponse: {
            /** @example 12 */
            paymentId: string;
            /** @description One for each entry */
            proofs: components["schemas"]["InclusionProofResponse"][];
        };
        PhoneEnrolmentRequest: {
            /** @description From the one-time link */
            token: string;
            /** @description X25519, 32 raw bytes in base64url */
            devicePublicKey: string;
            /** @description 32 random bytes in base64url */
            deviceRandom: string;
            /** @example iPhone */
            deviceName: string;
            /**
             * @description Browsers take an HttpOnly cookie; programs without cookies ask for the token.
             * @default cookie
             * @enum {string}
             */
            tokenIn: "cookie" | "body";
        };
        PhoneEnrolmentResponse: {
            credentialId: string;
            cardNumber: string;
            /** @description X25519, base64url */
            servicePublicKey: string;
            /** @description base64url */
            serverRandom: string;
            issuerKeyId: string;
            /** @description Ed25519, base64url */
            signature: string;
            aliasSeconds: number;
            prefix: string;
            /** Format: date-time */
            usableUntil: string;
            /** Format: date-time */
            serverTime: string;
            /** @description Only where it was asked for; browsers get a cookie */
            signInToken?: string;
        };
        PhoneSettingsResponse: {
            issuerKeys: components["schemas"]["IssuerKeyResponse"][];
            prefix: string;
            /** Format: date-time */
            serverTime: string;
        };
        PhonesWord: {
            /** @enum {string} */
            decision: "confirm" | "refuse";
            /** @description The phone whose code was scanned */
            credentialId: string;
            /** @description Of the seed under which the proof was made */
            generation: number;
            /** @description base64url of the 32 bytes of the proof, see `confirmationProof` of paycode */
            proof: string;
            /**
             * @description Six digits; needed to confirm without `deviceCheck`
             * @example 402917
             */
            pin?: string;
            /** @description In the place of the PIN: made with `proof` as its challenge */
            deviceCheck?: components["schemas"]["DeviceCheckBody"];
        };
        PositionResponse: {
            era: number;
            /** @example 12 */
            xid: string;
            /** @example 12 */
            id: string;
        };
        ProvenKeyRequest: {
            /** @description Ed25519, 32 raw bytes in base64url; a new one for each certificate */
            deviceKey: string;
            /** @description Its signature over challenge and key, base64url */
            proof: string;
        };
        PurseNameResponse: {
            zh: string;
            en: string;
        };
        PurseResponse: {
            /**
             * @description `cash`, `subsidy`, or a kind that the office made
             * @example cash
             */
            kind: string;
            name: components["schemas"]["PurseNameResponse"];
            goodFor: components["schemas"]["GoodForResponse"];
            /** @description Fen */
            balance: number;
            /** Format: date-time */
            usableUntil: string | null;
        };
        RealtimeTicketResponse: {
            /** @description Opens one socket, once: `/v1/realtime?ticket=…`. */
            ticket: string;
            /**
             * @description By the service clock.
             * @example 30
             */
            expiresInSeconds: number;
        };
        ReceiptOffer: {
            text: components["schemas"]["ReceiptWords"];
            /**
             * @description Counts the click and leads on.
             * @example /o/0Zk…
             */
            url: string;
        };
        ReceiptResponse: {
            /**
             * @description Fen.
             * @example 1250
             */
            amount: number;
            /**
             * @description Fen that came back.
             * @example 0
             */
            returned: number;
            place: components["schemas"]["ReceiptWords"];
            /** @example B3-0427 */
            shortNumber: string;
            /** @enum {string} */
            state: "paid" | "reversed";
            /** Format: date-time */
            paidAt: string;
            /** @example 张** */
            maskedName: string;
            offer: components["schemas"]["ReceiptOffer"] | null;
            /**
             * @description After `refused` nothing is offered any more.
             * @enum {string}
             */
            marketing: "unanswered" | "granted" | "refused";
        };
        ReceiptWords: {
            /** @example 一食堂 */
            zh: string;
            /** @example Canteen 1 */
            en: string;
        };
        ReportSubscriptionsRequest: {
            /**
             * Format: uuid
             * @description The phone's own number of this tap; a repeat has the same.
             */
            tap: string;
            choices: components["schemas"]["SubscriptionChoice"][];
        };
        RoomResponse: {
            roomId: string;
            building: string;
            number: string;
            meters: components["schemas"]["MeterResponse"][];
        };
        RoomsResponse: {
            rooms: components["schemas"]["RoomResponse"][];
        };
        RunningProgrammeResponse: {
            code: string;
            name: components["schemas"]["SessionTextResponse"];
        };
        SealBlockResponse: {
            /** @example 12 */
            no: string;
            /**
             * @description Of the block before
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            prev: string;
            first: components["schemas"]["PositionResponse"];
            last: components["schemas"]["PositionResponse"];
            entries: number;
            /**
             * @description Entries in all blocks up to this one
             * @example 48213
             */
            total: string;
            /**
             * @description SHA-256, lower-case hexadecimal
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            root: string;
            /**
             * @description Microseconds since 1970
             * @example 1795320000000000
             */
            sealedAt: string;
            /**
             * @description SHA-256, lower-case hexadecimal
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            hash: string;
        };
        SealHeadResponse: {
            /**
             * @description Number of the block
             * @example 12
             */
            block: string;
            /**
             * @description Entries in all blocks up to this one
             * @example 48213
             */
            total: string;
            /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
            hash: string;
            /** Format: date-time */
            at: string;
            /** @description The whole signed line: keep this */
            line: string;
        };
        SealHeadsResponse: {
            /** @description Newest first */
            heads: components["schemas"]["SealHeadResponse"][];
            /** @description Whose signature the lines carry */
            keys: components["schemas"]["SealKeyResponse"][];
        };
        SealKeyResponse: {
            /** @example s-1 */
            keyId: string;
            /** @enum {string} */
            algorithm: "ed25519";
            /** @description Raw public key, base64url */
            publicKey: string;
        };
        SealedEntryResponse: {
            /**
             * @description Keeps the leaf from being guessed
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            nonce: string;
            /** @example 12 */
            id: string;
            era: number;
            /** @example 12 */
            xid: string;
            /**
             * @description Microseconds since 1970
             * @example 1795320000000000
             */
            postedAt: string;
            /** @example sale */
            kind: string;
            /** @example 12 */
            reverses: string | null;
            /** @example 12 */
            hold: string | null;
            /** @description JSON, as the very text that was hashed */
            about: string;
            lines: components["schemas"]["SealedLineResponse"][];
        };
        SealedLineResponse: {
            line: number;
            /** @example 12 */
            account: string;
            /** @description Fen; credit is positive */
            amount: number;
            /** @example 12 */
            seq: string | null;
            /** @description Fen */
            balanceAfter: number | null;
        };
        SessionTextResponse: {
            zh: string;
            en: string;
        };
        SetPasswordRequest: {
            /** @description Needed when a password is set already. */
            current?: string;
            password: string;
        };
        SignInRequest: {
            /**
             * @description Browsers take an HttpOnly cookie; programs without cookies ask for the token in the body.
             * @default cookie
             * @enum {string}
             */
            tokenIn: "cookie" | "body";
            /**
             * @description Student or staff number.
             * @example 20260001
             */
            number: string;
            password: string;
        };
        SignInResponse: {
            /** @example 17 */
            cardholder: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Only with `tokenIn: body`; send it as `Authorization: Bearer`. */
            token?: string;
        };
        SignedReadingResponse: {
            /** @example t-12.1 */
            keyId: string;
            /** @enum {string} */
            algorithm: "ed25519" | "ecdsa-p256-sha256";
            /** @description base64url of the raw key */
            publicKey: string;
            /** @description The signed bytes as text, RFC 9421; they name the digest of `body` */
            base: string;
            /** @description base64url */
            signature: string;
            /** @description The report as it was sent */
            body: string;
        };
        SoldPassResponse: {
            orderNumber: string;
            paymentId: string;
            /** @example APP2-0427 */
            shortNumber: string;
            /**
             * @description As it stands now: the same request again asks for it
             * @enum {string}
             */
            verdict: "approved" | "declined" | "pending";
            reason: string | null;
            message: components["schemas"]["LocalNameResponse"];
            amount: number;
        };
        SpentResponse: {
            /** @description Code of the meal period that runs; null between meals */
            meal: string | null;
            /** @description Fen */
            mealAmount: number;
            mealCount: number;
            /** @description Fen */
            dayAmount: number;
            dayCount: number;
            /** @description Fen */
            monthAmount: number;
            monthCount: number;
        };
        StatementResponse: {
            /** @example 3 */
            id: string;
            /** @example 2026-11-22 */
            date: string;
            /** @description Of the file, hexadecimal */
            sha256: string;
            lines: number;
            /** @description Fen */
            moneyIn: number;
            /** @description Fen */
            moneyOut: number;
            /** @description Fen */
            closingBalance: number | null;
        };
        StaticCapsBody: {
            /** @description Fen */
            perSale: number;
            /** @description Fen */
            perDay: number;
        };
        SubscriptionChoice: {
            /** @description The id of the template that WeChat asked about. */
            template: string;
            /** @enum {string} */
            choice: "accept" | "reject";
        };
        SubscriptionsResponse: {
            templates: components["schemas"]["AllowanceResponse"][];
        };
        SynchronisationRequest: {
            /** @example 12 */
            credentialId: string;
            /**
             * @description Of the seed that the phone holds
             * @example 0
             */
            generation: number;
            /** @description 32 random bytes in base64url; the same again until an answer was heard */
            deviceRandom: string;
            /** @description HMAC-SHA-256 under the key for it, base64url */
            proof: string;
        };
        SynchronisationResponse: {
            /** Format: date-time */
            serverTime: string;
            /** Format: date-time */
            usableUntil: string;
            /** @description Of the new seed */
            generation: number;
            /** @description 32 bytes in base64url */
            serverRandom: string;
            /** @description The first step of 30 s whose codes the new seed makes */
            firstStep: number;
            /** @description Of the new seed */
            aliasSeconds: number;
            /** @description What the phone needs to pay at a terminal without a network */
            offline: components["schemas"]["OfflineRightResponse"] | null;
        };
        TicketResponse: {
            number: number;
            /** @description What its purchase added */
            units: number;
            /** Format: date-time */
            issuedAt: string;
            /**
             * Format: date-time
             * @description Fetch it again for a later end
             */
            expiresAt: string;
            /** @description 200 digits, for a QR code */
            digits: string;
        };
        WechatSignInRequest: {
            /**
             * @description Browsers take an HttpOnly cookie; programs without cookies ask for the token in the body.
             * @default cookie
             * @enum {string}
             */
            tokenIn: "cookie" | "body";
            /** @description What `wx.login` gave; it works once. */
            code: string;
        };
        WordsResponse: {
            /** @example 消费 ¥12.50 */
            zh: string;
            /** @example Paid ¥12.50 */
            en: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    SignInController_signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
        };
    };
    SignInController_signInByLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkSignInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
        };
    };
    SignInController_signInByWechat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WechatSignInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResponse"];
                };
            };
        };
    };
    SignInController_signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    MeController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardholderResponse"];
                };
            };
        };
    };
    CardController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardResponse"];
                };
            };
        };
    };
    CardController_freeze: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardResponse"];
                };
            };
        };
    };
    PaymentPinController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentPinResponse"];
                };
            };
        };
    };
    PaymentPinController_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentPinRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    CardController_unfreeze: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardResponse"];
                };
            };
        };
    };
    ConfirmationsController_asked: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedSalesResponse"];
                };
            };
        };
    };
    ConfirmationsController_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhonesWord"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmationResponse"];
                };
            };
        };
    };
    ConsentsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentsResponse"];
                };
            };
        };
    };
    MyFundingController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FundingResponse"];
                };
            };
        };
    };
    InboxController_list: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxResponse"];
                };
            };
        };
    };
    InboxController_markRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ConsentsController_allow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentsResponse"];
                };
            };
        };
    };
    ConsentsController_refuse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentsResponse"];
                };
            };
        };
    };
    MyRoomsController_buy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BuyCreditRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoughtCreditResponse"];
                };
            };
        };
    };
    MyRoomsController_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoughtCreditResponse"];
                };
            };
        };
    };
    MyRoomsController_statement: {
        parameters: {
            query?: {
                /** @description Those older than this id. */
                before?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementResponse"];
                };
            };
        };
    };
    MyRoomsController_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketResponse"];
                };
            };
        };
    };
    MyOwedController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwedResponse"];
                };
            };
        };
    };
    MyPassesController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassesResponse"];
                };
            };
        };
    };
    MyPassesController_buy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PassOrderRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoldPassResponse"];
                };
            };
        };
    };
    MyPassesController_offered: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffersResponse"];
                };
            };
        };
    };
    MeController_changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPasswordRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    StatementController_own: {
        parameters: {
            query?: {
                date?: string;
                terminal?: string;
                verdict?: "approved" | "declined" | "pending";
                /** @description The last id of the page before */
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementResponse"];
                };
            };
        };
    };
    ProofController_prove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentProofResponse"];
                };
            };
        };
    };
    CertificatesController_certify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificationResponse"];
                };
            };
        };
    };
    PhoneController_synchronise: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SynchronisationRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SynchronisationResponse"];
                };
            };
        };
    };
    MyRoomsController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomsResponse"];
                };
            };
        };
    };
    MySessionsController_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MySessionsResponse"];
                };
            };
        };
    };
    MySessionsController_reading: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedReadingResponse"];
                };
            };
        };
    };
    MySessionsController_stop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    MyStaticCredentialsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyStaticCredentialsResponse"];
                };
            };
        };
    };
    MyStaticCredentialsController_stop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyStaticCredentialsResponse"];
                };
            };
        };
    };
    MyPassesController_visits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnVisitsResponse"];
                };
            };
        };
    };
    MeController_bind: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindWechatRequest"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ConsentsController_readSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionsResponse"];
                };
            };
        };
    };
    ConsentsController_reportSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportSubscriptionsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionsResponse"];
                };
            };
        };
    };
    MyPassesController_occupancies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OccupanciesResponse"];
                };
            };
        };
    };
    PhoneController_enrol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhoneEnrolmentRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneEnrolmentResponse"];
                };
            };
        };
    };
    PhoneController_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneSettingsResponse"];
                };
            };
        };
    };
    RealtimeController_issue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RealtimeTicketResponse"];
                };
            };
        };
    };
    ReceiptsController_open: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptResponse"];
                };
            };
        };
    };
    ReceiptsController_refuseMarketing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    SealHeadsController_read: {
        parameters: {
            query?: {
                /** @description The block of the last head of the page before */
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealHeadsResponse"];
                };
            };
        };
    };
}
