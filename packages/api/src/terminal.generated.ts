// Made from the OpenAPI document beside this package; not edited by hand.

export interface paths {
    "/v1/hotlists/{since}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["HotlistsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/meter-readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["RoomCreditsController_take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offline-sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["OfflineSalesController_takeIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PassagesController_pass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passages/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PassagesController_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passages/{orderNumber}/not-passed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PassagesController_notPassed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passages/{orderNumber}/passed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PassagesController_passed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PaymentsController_authorize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PaymentsController_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderNumber}/captures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AfterwardsController_capture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderNumber}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ConfirmationsController_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderNumber}/reversal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["AfterwardsController_reverse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pin-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["PinChecksController_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programmes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["SessionsController_priceList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/request-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["RequestLogController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/room-credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["RoomCreditsController_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/room-credits/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["RoomCreditsController_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SessionsController_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{orderNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["SessionsController_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{orderNumber}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["SessionsController_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shift-openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ShiftsController_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ShiftsController_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/supervisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["VoidsController_supervise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/terminal-enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TerminalEnrolmentsController_enrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/terminal-heartbeats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TerminalsController_heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/terminal-hint-tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["HintTicketsController_issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/terminal-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TerminalsController_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/terminal-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["TerminalsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["VoidsController_void"];
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
        CallResponse: {
            /** Format: date-time */
            at: string;
            requestId: string;
            method: string;
            path: string;
            status: number;
            /** @description Problem code, or verdict and reason */
            outcome: string | null;
            durationMs: number;
            keyId: string | null;
            isVerified: boolean;
            /** @description With codes and secrets masked */
            body: string;
            detail: string | null;
            diagnosis: components["schemas"]["DiagnosisResponse"] | null;
        };
        CaptureRequestBody: {
            /** @description The terminal's own number of this capture, a lower-case UUIDv7 */
            captureNumber: string;
            /** @description Fen; 0 only when final */
            amount: number;
            final: boolean;
        };
        CaptureResponse: {
            captureNumber: string;
            orderNumber: string;
            /** @description Fen */
            captured: number;
            /** @description Fen */
            released: number;
            /** @enum {string} */
            state: "captured" | "held" | "released";
        };
        CardholderOnScreen: {
            /**
             * @description `*` where the place shows no name
             * @example 张**
             */
            maskedName: string;
            /** @description What each kind of purse paid or holds, where the place shows it */
            purses?: components["schemas"]["PurseOnScreen"][];
            /** @description What the card can still spend, fen, where the place shows it */
            balance?: number;
        };
        CashiersWord: {
            /** @enum {string} */
            decision: "confirm" | "refuse";
        };
        CheckedCardholder: {
            /** @example 张** */
            maskedName: string;
        };
        CountedTotal: {
            count: number;
            /** @description Fen */
            amount: number;
        };
        DiagnosisResponse: {
            /** @description The signature base as the service built it */
            service: string[];
            /** @description As the request's own headers imply it */
            client: string[];
            /** @enum {string} */
            mistake: "authority_is_host" | "digest_of_other_bytes" | "digest_of_hex" | "digest_wrong" | "created_in_milliseconds" | "created_in_local_time" | "clock_off" | "signature_is_der" | "signature_in_base64url" | "components_in_other_order" | "components_differ" | "line_feed_at_the_end" | "lines_end_in_crlf" | "query_left_empty" | "method_in_lower_case" | "label_in_parameters" | "hashed_before_signing" | "other_key_of_terminal" | "form_wrong" | "not_signed" | "unknown";
            /** @description Whether the signature fits exactly this mistake */
            isProven: boolean;
            message: components["schemas"]["MessageResponse"];
        };
        GateInstrument: {
            /** @enum {string} */
            type: "code" | "signed_qr";
            /**
             * @description As the scanner gave it
             * @example 97185965475126865312
             */
            code?: string;
            text?: string;
        };
        HeartbeatRequest: {
            softwareVersion: string;
            queuedReversals: number;
        };
        HintTicketResponse: {
            /** @description Opens one socket, once: `/v1/realtime?ticket=…` */
            ticket: string;
            /** @example 30 */
            expiresInSeconds: number;
        };
        HotlistResponse: {
            /** @description Of the newest list */
            number: number;
            /** Format: date-time */
            madeAt: string;
            /** @description What leads from the list that the terminal has to the newest, or from none: signed bytes in base64url. Null for who has the newest. */
            update: string | null;
        };
        LocalNameResponse: {
            zh: string;
            en: string;
        };
        LocalTextResponse: {
            zh: string;
            en: string;
        };
        MaskedNameResponse: {
            /** @example 张* */
            maskedName: string;
        };
        MessageResponse: {
            zh: string;
            en: string;
        };
        MeterReadingRequest: {
            meterNumber: number;
            /** @description Watt-hours or liters that the meter shows */
            reading: number;
            /** Format: date-time */
            takenAt: string;
        };
        MeterReadingsRequest: {
            readings: components["schemas"]["MeterReadingRequest"][];
        };
        NewKeyRequest: {
            /** @enum {string} */
            algorithm: "ed25519" | "ecdsa-p256-sha256";
            /** @description The new raw public key in base64url */
            publicKey: string;
            /** @description The new key's signature over its proof, in base64url */
            proof: string;
        };
        NumberPinWord: {
            /** @enum {string} */
            type: "number_pin";
            /** @description 32 bytes in base64url: one sale of this terminal */
            token: string;
        };
        OfflineDecisionResponse: {
            /** @description The record's; of an unreadable one, its place */
            sequence: number;
            orderNumber: string | null;
            /** @example B3-0427 */
            shortNumber: string | null;
            /** @enum {string} */
            decision: "captured" | "posted" | "owed" | "replayed" | "refused" | "quarantined";
            /** @example record_gap */
            reason: string | null;
            /** @description The sale it became, or is the same as */
            paymentId: string | null;
            message: components["schemas"]["OfflineWordsResponse"];
        };
        OfflineSalesRequest: {
            /** @description In the order in which they were made */
            records: components["schemas"]["SignedRecordBody"][];
        };
        OfflineSalesResponse: {
            /** @description Every record of this upload up to this sequence is kept and may be forgotten */
            acknowledged: number;
            decisions: components["schemas"]["OfflineDecisionResponse"][];
        };
        OfflineWordsResponse: {
            zh: string;
            en: string;
        };
        PassageRequestBody: {
            /** @description The gate's own number of this scan, a lower-case UUIDv7 */
            orderNumber: string;
            /** @description The gate's count of its scans */
            sequence: number;
            /** @description What was scanned */
            instrument: components["schemas"]["GateInstrument"];
            /** @enum {string} */
            direction: "entry" | "exit";
            /**
             * @description When it was scanned, by the gate's clock
             * @example 2026-11-22T04:00:00.000Z
             */
            occurredAt: string;
        };
        PassageResponse: {
            orderNumber: string;
            /** @example G1-0427 */
            shortNumber: string;
            /** @enum {string} */
            direction: "entry" | "exit";
            /** @enum {string} */
            verdict: "approved" | "declined";
            /** @enum {string|null} */
            reason: "code_invalid" | "code_used" | "card_frozen" | "card_lost" | "card_closed" | "credential_closed" | "credential_expired" | "plastic_invalid" | "plastic_lost" | "pin_check_invalid" | "limit_static_sale" | "limit_static_day" | "group_not_served" | "not_invited" | "insufficient_funds" | "limit_sale" | "limit_meal" | "limit_day" | "limit_month" | "confirmation_refused" | "confirmation_expired" | "confirmation_withdrawn" | "too_many_sessions" | "terminal_revoked" | "not_for_gates" | "outside_hours" | "group_not_allowed" | "already_inside" | "not_inside" | "place_full" | "confirmation_needed" | null;
            message: components["schemas"]["LocalNameResponse"];
            /**
             * @description As it stands now
             * @enum {string}
             */
            state: "authorized" | "passed" | "voided" | "declined";
            /** @description Fen: held at an entry, the price of the visit at an exit */
            amount: number;
            cardholder: components["schemas"]["MaskedNameResponse"] | null;
            visit: components["schemas"]["PassageVisitResponse"] | null;
            /** @description Until then somebody may pass */
            expiresAt: string | null;
            decidedAt: string;
        };
        PassageVisitResponse: {
            id: string;
            /**
             * @description What let them in
             * @enum {string}
             */
            charge: "free" | "pass" | "entry" | "time";
            enteredAt: string;
            /** @description When the place closes, and the visit with it */
            closesAt: string;
            /** @description The sale that holds or paid the money */
            paymentId: string | null;
            /** @description Entries left on the pass; null is any number */
            usesLeft: number | null;
        };
        PaymentRequest: {
            /** @description The terminal's own number of this sale, a lower-case UUIDv7 */
            orderNumber: string;
            /** @description The terminal's count of its sales */
            sequence: number;
            /** @description What was scanned */
            instrument: Record<string, never>;
            /** @description Fen; only where the tariff is `entered` */
            amount?: number;
            /** Format: date-time */
            occurredAt: string;
        };
        PinCheckRequest: {
            /**
             * @description The cardholder's number
             * @example 20260001
             */
            number: string;
            /**
             * @description Six digits; never kept by the terminal
             * @example 402917
             */
            pin: string;
        };
        PinCheckResponse: {
            /** @description The instrument that the sale carries */
            instrument: components["schemas"]["NumberPinWord"];
            cardholder: components["schemas"]["CheckedCardholder"];
            /** Format: date-time */
            expiresAt: string;
        };
        ProgrammeResponse: {
            /** @example quick-wash */
            code: string;
            name: components["schemas"]["SessionTextResponse"];
            /** @description Fen */
            amount: number;
            /** @description The longest that it may take */
            seconds: number;
        };
        ProgrammesResponse: {
            /** @description None: by the unit */
            programmes: components["schemas"]["ProgrammeResponse"][];
        };
        ProgressRequest: {
            /** @description The device's own number of this report, a lower-case UUIDv7 */
            progressNumber: string;
            /** @description The device's count of its reports, from 1 */
            sequence: number;
            /**
             * @description Thousandths of the unit since the session began; never falls
             * @example 27400
             */
            reading: number;
            /** @description Whether the session is over with it */
            final: boolean;
            /** Format: date-time */
            occurredAt: string;
        };
        ProgressResponse: {
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
            orderNumber: string;
            progressNumber: string;
            /**
             * @description late: after the end; it changed nothing
             * @enum {string}
             */
            outcome: "noted" | "late";
            /** @description Fen; what the sale has taken by now */
            captured: number;
        };
        PurseOnScreen: {
            /** @example cash */
            kind: string;
            /** @description Fen */
            amount: number;
        };
        RequestLogResponse: {
            terminalId: string;
            code: string;
            /**
             * Format: date-time
             * @description Since when this process keeps calls
             */
            since: string;
            /** @description The newest first, at most 200 */
            calls: components["schemas"]["CallResponse"][];
        };
        ReversalRequest: {
            /** @enum {string} */
            reason: "timeout" | "device";
        };
        ReversalResponse: {
            orderNumber: string;
            /** @enum {string} */
            outcome: "reversed" | "released" | "never_seen" | "already_reversed" | "was_declined";
            /** @description Fen */
            returned: number;
        };
        RoomCreditRequest: {
            /** @description Of the sale that follows, a lower-case UUIDv7 */
            orderNumber: string;
            /** @description The number on the meter's device */
            meterNumber: number;
        };
        RoomCreditResponse: {
            orderNumber: string;
            meterNumber: number;
            /** @enum {string} */
            state: "ordered" | "delivered";
            /** @description Fen that came to the meter, less what went back */
            amount: number;
            /** @description Once delivered, of a meter without a network: the newest */
            ticket: components["schemas"]["TicketResponse"] | null;
        };
        RunningProgrammeResponse: {
            code: string;
            name: components["schemas"]["SessionTextResponse"];
        };
        SessionCardholder: {
            /** @example 张* */
            maskedName: string;
        };
        SessionInstrument: {
            /** @enum {string} */
            type: "code" | "signed_qr" | "plastic" | "number_pin";
            /**
             * @description As the scanner gave it
             * @example 97185965475126865312
             */
            code?: string;
        };
        SessionOfOrderResponse: {
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
            orderNumber: string;
        };
        SessionRequest: {
            /** @description The device's own number of this sale, a lower-case UUIDv7 */
            orderNumber: string;
            /** @description The device's count of its sales */
            sequence: number;
            /** @description What was scanned */
            instrument: components["schemas"]["SessionInstrument"];
            /**
             * @description Where the place has a price list
             * @example quick-wash
             */
            programme?: string;
            /** Format: date-time */
            occurredAt: string;
        };
        SessionStateResponse: {
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
        };
        SessionTextResponse: {
            zh: string;
            en: string;
        };
        SessionVerdictResponse: {
            paymentId: string;
            orderNumber: string;
            /** @example D1-0427 */
            shortNumber: string;
            /** @enum {string} */
            verdict: "approved" | "declined" | "pending";
            reason: string | null;
            message: components["schemas"]["SessionTextResponse"];
            /** @description Fen; what is held */
            amount: number;
            /** @description Fen */
            captured: number;
            /** @enum {string} */
            state: "captured" | "held" | "released" | "declined" | "reversed";
            /** @enum {string} */
            awaits?: "phone" | "cashier";
            cardholder: components["schemas"]["SessionCardholder"] | null;
            /**
             * Format: date-time
             * @description When the clock ends the session; while it is pending, the wait
             */
            expiresAt: string | null;
            /** Format: date-time */
            decidedAt: string;
            /** @example 2026-11-22 */
            businessDate: string;
            session: components["schemas"]["SessionStateResponse"] | null;
        };
        SettledPassageResponse: {
            orderNumber: string;
            /** @enum {string} */
            outcome: "passed" | "not_passed" | "too_late" | "was_declined" | "already_passed" | "never_seen";
        };
        ShiftOpeningRequestBody: {
            /** @description The terminal's own number of this shift, a lower-case UUIDv7 */
            shiftNumber: string;
            /** Format: date-time */
            openedAt: string;
            /**
             * @description Who stands there, up to eight digits
             * @example 101
             */
            cashier?: string;
        };
        ShiftOpeningResponse: {
            shiftNumber: string;
            /** Format: date-time */
            openedAt: string;
        };
        ShiftRequestBody: {
            /** @description The terminal's own number of this shift, a lower-case UUIDv7 */
            shiftNumber: string;
            /**
             * Format: date-time
             * @description When the shift before it was closed
             */
            openedAt: string;
            /** Format: date-time */
            closedAt: string;
            /** @description Sales that were approved, metered ones by what was captured */
            sales: components["schemas"]["CountedTotal"];
            /** @description Sales that were taken back, with what was returned */
            reversals: components["schemas"]["CountedTotal"];
            /** @description Sales that the cashier took back; left out, they are among the reversals */
            voids?: components["schemas"]["CountedTotal"];
        };
        ShiftResponse: {
            shiftNumber: string;
            /** @description Whether terminal and service counted the same */
            agrees: boolean;
            /** @description What the service counted */
            service: components["schemas"]["ShiftTotalsResponse"];
        };
        ShiftTotalsResponse: {
            sales: components["schemas"]["TotalResponse"];
            reversals: components["schemas"]["TotalResponse"];
            /** @description Only where the report told them; otherwise they are among the reversals */
            voids?: components["schemas"]["TotalResponse"];
        };
        SignedRecordBody: {
            /** @description The record's exact text */
            record: string;
            /** @description base64url; the terminal's, over `cpc1/record\0` and the text */
            signature: string;
        };
        SupervisionRequestBody: {
            /** @example 101 */
            supervisor: string;
            /**
             * Format: password
             * @description Six digits
             */
            pin: string;
        };
        SupervisionResponse: {
            /** @description One word for this terminal, good once */
            supervision: string;
            supervisor: components["schemas"]["SupervisorOnScreen"];
            /** Format: date-time */
            expiresAt: string;
        };
        SupervisorOnScreen: {
            /** @example 李* */
            maskedName: string;
        };
        TakenReadingResponse: {
            meterNumber: number;
            /** @enum {string} */
            outcome: "taken" | "known" | "differs" | "older" | "early" | "falls" | "unlikely" | "unknown";
            /** @description Fen; below zero: used, not paid */
            credit: number | null;
            /** @description The last one that was taken */
            reading: number | null;
        };
        TakenReadingsResponse: {
            /** @description In the order sent */
            readings: components["schemas"]["TakenReadingResponse"][];
        };
        TerminalEnrolmentRequest: {
            /** @example 7F3K-M2QX-9TBD */
            enrolmentCode: string;
            /** @enum {string} */
            algorithm: "ed25519" | "ecdsa-p256-sha256";
            /** @description The raw public key in base64url */
            publicKey: string;
            model: string;
            softwareVersion: string;
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
        TotalResponse: {
            count: number;
            /** @description Fen */
            amount: number;
        };
        VerdictResponse: {
            paymentId: string;
            orderNumber: string;
            /** @example B3-0427 */
            shortNumber: string;
            /** @enum {string} */
            verdict: "approved" | "declined" | "pending";
            reason: string | null;
            message: components["schemas"]["LocalTextResponse"];
            /** @description Fen */
            amount: number;
            /** @description Fen */
            captured: number;
            /** @enum {string} */
            state: "captured" | "held" | "released" | "declined" | "reversed";
            /**
             * @description Only while the verdict is `pending`: whose word it waits for, until `expiresAt`
             * @enum {string}
             */
            awaits?: "phone" | "cashier";
            cardholder: components["schemas"]["CardholderOnScreen"] | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            decidedAt: string;
            /** @example 2026-11-22 */
            businessDate: string;
        };
        VoidRequestBody: {
            /** @description The terminal's own number of this void, a lower-case UUIDv7 */
            voidNumber: string;
            /** @description Of the sale */
            orderNumber: string;
            /** @description A supervisor's word */
            supervision?: string;
        };
        VoidResponse: {
            voidNumber: string;
            orderNumber: string;
            /** @enum {string} */
            outcome: "voided" | "released" | "already_voided" | "already_reversed" | "was_declined";
            /** @description Fen */
            returned: number;
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
    HotlistsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number of the list that the terminal has; 0 for none */
                since: string;
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
                    "application/json": components["schemas"]["HotlistResponse"];
                };
            };
        };
    };
    RoomCreditsController_take: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeterReadingsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakenReadingsResponse"];
                };
            };
        };
    };
    OfflineSalesController_takeIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfflineSalesRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfflineSalesResponse"];
                };
            };
        };
    };
    PassagesController_pass: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PassageRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassageResponse"];
                };
            };
        };
    };
    PassagesController_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
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
                    "application/json": components["schemas"]["PassageResponse"];
                };
            };
        };
    };
    PassagesController_notPassed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
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
                    "application/json": components["schemas"]["SettledPassageResponse"];
                };
            };
        };
    };
    PassagesController_passed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
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
                    "application/json": components["schemas"]["SettledPassageResponse"];
                };
            };
        };
    };
    PaymentsController_authorize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerdictResponse"];
                };
            };
        };
    };
    PaymentsController_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
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
                    "application/json": components["schemas"]["VerdictResponse"];
                };
            };
        };
    };
    AfterwardsController_capture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaptureRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureResponse"];
                };
            };
        };
    };
    ConfirmationsController_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CashiersWord"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerdictResponse"];
                };
            };
        };
    };
    AfterwardsController_reverse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReversalRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReversalResponse"];
                };
            };
        };
    };
    PinChecksController_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinCheckRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PinCheckResponse"];
                };
            };
        };
    };
    SessionsController_priceList: {
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
                    "application/json": components["schemas"]["ProgrammesResponse"];
                };
            };
        };
    };
    RequestLogController_read: {
        parameters: {
            query?: never;
            header: {
                /** @description Bearer, and the link or the enrolment code */
                authorization: string;
            };
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
                    "application/json": components["schemas"]["RequestLogResponse"];
                };
            };
        };
    };
    RoomCreditsController_order: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomCreditRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomCreditResponse"];
                };
            };
        };
    };
    RoomCreditsController_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
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
                    "application/json": components["schemas"]["RoomCreditResponse"];
                };
            };
        };
    };
    SessionsController_start: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionVerdictResponse"];
                };
            };
        };
    };
    SessionsController_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
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
                    "application/json": components["schemas"]["SessionOfOrderResponse"];
                };
            };
        };
    };
    SessionsController_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgressRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressResponse"];
                };
            };
        };
    };
    ShiftsController_open: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftOpeningRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftOpeningResponse"];
                };
            };
        };
    };
    ShiftsController_record: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftResponse"];
                };
            };
        };
    };
    VoidsController_supervise: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupervisionRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupervisionResponse"];
                };
            };
        };
    };
    TerminalEnrolmentsController_enrol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TerminalEnrolmentRequest"];
            };
        };
        responses: {
            /** @description terminalId, keyId, settings and serviceKeys */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    TerminalsController_heartbeat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeartbeatRequest"];
            };
        };
        responses: {
            /** @description serverTime and settingsVersion */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    HintTicketsController_issue: {
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
                    "application/json": components["schemas"]["HintTicketResponse"];
                };
            };
        };
    };
    TerminalsController_rotate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKeyRequest"];
            };
        };
        responses: {
            /** @description keyId of the new key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    TerminalsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the terminal works by */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    VoidsController_void: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoidResponse"];
                };
            };
        };
    };
}
