// Made from the OpenAPI document beside this package; not edited by hand.

export interface paths {
    "/v1/staff/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ApprovalsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/approvals/{id}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ApprovalsController_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/approvals/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ApprovalsController_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AuditController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/bank-statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ReconciliationController_importStatement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/business-days/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["BusinessDaysController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/business-days/{date}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["BusinessDaysController_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["CampaignsController_list"];
        put?: never;
        post: operations["CampaignsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["CampaignsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["CampaignsController_change"];
        trace?: never;
    };
    "/v1/staff/campaigns/{id}/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["CampaignsController_funnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cardholders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffCardholdersController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cardholders/{id}/enrolment-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffCardholdersController_issueLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffCardsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffCardsController_freeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["InvitationsController_list"];
        put?: never;
        post: operations["InvitationsController_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/invitations/{invitation}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["InvitationsController_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["StaffCardsController_setLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/loss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffCardsController_reportLoss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/plastic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffPlasticController_list"];
        put?: never;
        post: operations["StaffPlasticController_issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/plastic/loss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffPlasticController_reportLoss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffCardsController_recover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/static-credentials/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffPlasticController_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/cards/{number}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffCardsController_unfreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/code-alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffCodesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["CollectionsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/confirmation-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ConfirmationRulesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/confirmation-rules/{group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["ConfirmationRulesController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/device-alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffSessionsController_alarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/funding-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["FundingImportsController_list"];
        put?: never;
        post: operations["FundingImportsController_propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/funding-imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["FundingImportsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/gates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffGatesController_read"];
        put: operations["StaffGatesController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/gates/{id}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffOffersController_list"];
        put?: never;
        post: operations["StaffOffersController_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/gates/{id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffGatesController_inside"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/guests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["GuestsController_admit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/logins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["LoginsController_logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/logins/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["LoginsController_logOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MembersController_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/meal-periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MealPeriodsController_list"];
        put: operations["MealPeriodsController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MembersController_list"];
        put?: never;
        post: operations["MembersController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/members/{id}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MembersController_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/members/{id}/supervisor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["SupervisorsController_set"];
        post?: never;
        delete: operations["SupervisorsController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/merchants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MerchantsController_list"];
        put?: never;
        post: operations["MerchantsController_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/meter-incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffRoomsController_incidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/meter-readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffRoomsController_take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/meters/{id}/replacement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffRoomsController_replace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/meters/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffRoomsController_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/offline-sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffOfflineSalesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/offline-sales/totals/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffOfflineSalesController_total"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/offline-sales/{id}/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffOfflineSalesController_propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/offline-terminals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffOfflineSalesController_stopped"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/offline-terminals/{id}/resumptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffOfflineSalesController_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/offline-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["OfflineTermsController_read"];
        put: operations["OfflineTermsController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/pass-offers/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffOffersController_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/passes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffGatesController_give"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/passes/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffGatesController_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StatementController_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/phone-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffCodesController_read"];
        put: operations["StaffCodesController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PlacesController_list"];
        put?: never;
        post: operations["MerchantsController_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/places/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["PlacesController_set"];
        trace?: never;
    };
    "/v1/staff/places/{id}/instruments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffInstrumentsController_read"];
        put: operations["StaffInstrumentsController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/places/{id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["PlacesController_price"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/places/{id}/programmes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffSessionsController_priceList"];
        put: operations["StaffSessionsController_setPriceList"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/proofs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ProofsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/purse-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PurseRulesController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/purse-rules/kinds/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["PurseRulesController_setKind"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/purse-rules/orders/{group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["PurseRulesController_setOrder"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ReconciliationController_reconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/reconciliations/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ReconciliationController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["RefundsController_list"];
        put?: never;
        post: operations["RefundsController_propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffRoomsController_list"];
        put: operations["StaffRoomsController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/rooms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffRoomsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/session-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffSessionsController_policy"];
        put: operations["StaffSessionsController_setPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffSessionsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffSessionsController_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/spending-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["SpendingLimitsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/spending-limits/{group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["SpendingLimitsController_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/static-caps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffInstrumentsController_caps"];
        put: operations["StaffInstrumentsController_setCaps"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/supervisors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["SupervisorsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminal-models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffTerminalsController_listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminal-sequences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ExposureController_sequences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffTerminalsController_list"];
        put?: never;
        post: operations["StaffTerminalsController_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals/{id}/enrolment-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffTerminalsController_issueCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals/{id}/exposure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ExposureController_ofTerminal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals/{id}/keys/{generation}/retirement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffTerminalsController_retireKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals/{id}/log-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["RequestLogController_makeLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals/{id}/reinstatement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffTerminalsController_reinstate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals/{id}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["RequestLogController_ofTerminal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/terminals/{id}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffTerminalsController_revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["BusinessDaysController_trialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/visit-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["StaffGatesController_kept"];
        put: operations["StaffGatesController_keep"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/visits/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["StaffGatesController_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/staff/voids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["VoidsController_list"];
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
        AlarmResponse: {
            id: string;
            /** @enum {string} */
            kind: "phone_cloned" | "code_guessed" | "terminal_paused" | "codes_failing" | "code_doubled" | "records_broken" | "code_replayed" | "issuer_key_ends";
            cardNumber: string | null;
            terminalId: string | null;
            /** Format: date-time */
            raisedAt: string;
        };
        AlarmsResponse: {
            alarms: components["schemas"]["AlarmResponse"][];
        };
        AllowanceBody: {
            /** @description Fen: at most so much is set aside of the cash */
            most: number;
            /** @description Fen: so much of the cash stays free */
            spares: number;
            /** @description Fen: less than so much is not set aside */
            least: number;
        };
        ApprovalResponse: {
            /** @example 7 */
            id: string;
            /** @example funding.import */
            kind: string;
            /** @description The proposing module's own id. */
            subject: string;
            /** @description What will happen on consent. */
            summary: string;
            /** @example 1 */
            maker: string;
            /** Format: date-time */
            proposedAt: string;
            /** @enum {string} */
            state: "proposed" | "consented" | "rejected";
            /** @example 2 */
            checker: string | null;
            /** Format: date-time */
            decidedAt: string | null;
            reason: string | null;
        };
        ApprovalsResponse: {
            approvals: components["schemas"]["ApprovalResponse"][];
        };
        AuditResponse: {
            deeds: components["schemas"]["DeedResponse"][];
        };
        BusinessDayResponse: {
            /** @example 2026-11-22 */
            date: string;
            /** @enum {string} */
            state: "open" | "closed";
            /** Format: date-time */
            closedAt: string | null;
            /** @description The member of staff who closed it */
            closedBy: string | null;
            /**
             * Format: date-time
             * @description Movements from here on belong to the day
             */
            beginsAt: string;
            /**
             * Format: date-time
             * @description until before here
             */
            endsAt: string;
            merchants: components["schemas"]["MerchantDayResponse"][];
            total: components["schemas"]["DayTotalResponse"];
            /** @description Money still set aside; it counts on the day of its capture */
            openHolds: components["schemas"]["TotalResponse"];
            /** @description What moved in a closed day beyond its kept totals, fen; 0 unless something is off */
            afterClose: number;
            /** @description The newest head of the seal when the sheet was read: on paper it is an anchor */
            seal: components["schemas"]["SealOnSheetResponse"] | null;
        };
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
        CampaignPageResponse: {
            campaigns: components["schemas"]["CampaignResponse"][];
            /** @description Send it as `before`; null on the last page. */
            next: string | null;
        };
        CampaignResponse: {
            /** @example 3 */
            id: string;
            name: string;
            offer: components["schemas"]["OfferText"];
            link: string;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            places: string[] | null;
            audience: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            consent: "not_refused" | "granted";
            /** @enum {string} */
            product: "campus" | "payment" | "savings" | "insurance" | "credit";
            dailyCap: number;
            priority: number;
            /** @enum {string} */
            status: "draft" | "live" | "stopped";
        };
        CardholderPageResponse: {
            cardholders: components["schemas"]["CardholderResponse"][];
            /** @description Send it as `after` for the next page; null on the last one. */
            next: string | null;
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
        ChangeCampaignRequest: {
            /** @example Breakfast in November */
            name?: string;
            offer?: components["schemas"]["OfferText"];
            /**
             * @description https, or a path of this service.
             * @example /offers/breakfast
             */
            link?: string;
            /** Format: date-time */
            startsAt?: string;
            /** Format: date-time */
            endsAt?: string;
            /** @description Ids of places; null is everywhere. */
            places?: string[] | null;
            /**
             * @description Operators: everyone, all, any, not, group, place_kind, spent, payments.
             * @example {
             *       "op": "all",
             *       "rules": [
             *         {
             *           "op": "group",
             *           "in": [
             *             "student"
             *           ]
             *         },
             *         {
             *           "op": "spent",
             *           "atLeast": 5000,
             *           "days": 7
             *         }
             *       ]
             *     }
             */
            audience?: {
                [key: string]: unknown;
            };
            /**
             * @default not_refused
             * @enum {string}
             */
            consent: "not_refused" | "granted";
            /**
             * @description `credit` needs an audience without students.
             * @enum {string}
             */
            product?: "campus" | "payment" | "savings" | "insurance" | "credit";
            /**
             * @description How often it is shown on one campus day.
             * @example 500
             */
            dailyCap?: number;
            /**
             * @description 9 goes before 1.
             * @default 5
             */
            priority: number;
            /**
             * @default draft
             * @enum {string}
             */
            status: "draft" | "live" | "stopped";
        };
        CollectionResponse: {
            id: string;
            cardNumber: string;
            paymentId: string;
            /** @description Fen of cash that the sale spent */
            spent: number;
            /** @description Fen asked of the bank, with what was still missing */
            amount: number;
            /** @enum {string} */
            state: "claimed" | "succeeded" | "failed" | "cancelled" | "covered";
            reason: string | null;
            /** Format: uuid */
            instructionNumber: string | null;
            /** @enum {string|null} */
            instructionState: "claimed" | "called" | "unknown" | "succeeded" | "failed" | "cancelled" | null;
            bankReference: string | null;
            /** Format: date-time */
            claimedAt: string;
            /** Format: date-time */
            resolvedAt: string | null;
        };
        CollectionsResponse: {
            collections: components["schemas"]["CollectionResponse"][];
        };
        ConfirmationRulesBody: {
            /** @description Fen: a sale above it waits for the phone */
            above: number | null;
            /** @description Sales in a business day after which every further one waits for the phone */
            after: number | null;
            /** @description Seconds in which the same sale at the same terminal is asked about */
            againSeconds: number | null;
        };
        ConfirmationRulesResponse: {
            groups: components["schemas"]["GroupConfirmationRulesResponse"][];
        };
        CountedResponse: {
            count: number;
            /** @description Fen */
            amount: number;
        };
        CreateCampaignRequest: {
            /** @example Breakfast in November */
            name: string;
            offer: components["schemas"]["OfferText"];
            /**
             * @description https, or a path of this service.
             * @example /offers/breakfast
             */
            link: string;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            /** @description Ids of places; null is everywhere. */
            places: string[] | null;
            /**
             * @description Operators: everyone, all, any, not, group, place_kind, spent, payments.
             * @example {
             *       "op": "all",
             *       "rules": [
             *         {
             *           "op": "group",
             *           "in": [
             *             "student"
             *           ]
             *         },
             *         {
             *           "op": "spent",
             *           "atLeast": 5000,
             *           "days": 7
             *         }
             *       ]
             *     }
             */
            audience: {
                [key: string]: unknown;
            };
            /**
             * @default not_refused
             * @enum {string}
             */
            consent: "not_refused" | "granted";
            /**
             * @description `credit` needs an audience without students.
             * @enum {string}
             */
            product: "campus" | "payment" | "savings" | "insurance" | "credit";
            /**
             * @description How often it is shown on one campus day.
             * @example 500
             */
            dailyCap: number;
            /**
             * @description 9 goes before 1.
             * @default 5
             */
            priority: number;
            /**
             * @default draft
             * @enum {string}
             */
            status: "draft" | "live" | "stopped";
        };
        CreateMemberRequest: {
            /**
             * @description Login name: lower case, never given again.
             * @example wang.li
             */
            name: string;
            /** @example 王丽 */
            displayName: string;
            roles: ("administrator" | "cashier-office" | "front-desk" | "auditor" | "marketing")[];
            /**
             * Format: password
             * @description Twelve characters at least.
             */
            password: string;
        };
        CreatedMemberResponse: {
            /** @example 2 */
            id: string;
            /** @description Base32, for typing into an authenticator. Shown this once. */
            totpSecret: string;
            /** @description `otpauth://…`, to be drawn as a QR code. Shown this once. */
            totpUri: string;
        };
        DayTotalResponse: {
            sales: components["schemas"]["TotalResponse"];
            reversals: components["schemas"]["TotalResponse"];
            /** @description What cashiers took back */
            voids: components["schemas"]["TotalResponse"];
            /** @description What the office refunded on this day, whenever it was sold */
            refunds: components["schemas"]["TotalResponse"];
            /** @description Sales less reversals, voids and refunds, fen */
            net: number;
        };
        DeedResponse: {
            /** @example 311 */
            id: string;
            /** @example 1 */
            staffId: string | null;
            /** Format: date-time */
            at: string;
            /** @example POST */
            method: string;
            /** @example /v1/staff/approvals/:id/consent */
            route: string;
            target: {
                [key: string]: string;
            };
            /**
             * @description HTTP status of the outcome.
             * @example 200
             */
            status: number;
            requestId: string;
        };
        DeviceAlarmResponse: {
            id: string;
            /** @enum {string} */
            kind: "silent" | "late_progress" | "over_hold" | "reading_fell" | "hold_lost";
            terminalCode: string;
            sessionId: string;
            shortNumber: string;
            /** @description What the device said, thousandths of the unit */
            reading: number;
            /** @description Fen beyond what was paid */
            amount: number;
            /** Format: date-time */
            raisedAt: string;
        };
        DeviceAlarmsResponse: {
            /** @description Newest first */
            alarms: components["schemas"]["DeviceAlarmResponse"][];
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
        DiscrepancyResponse: {
            /** @example 17 */
            id: string;
            /** @enum {string} */
            source: "bank" | "terminal";
            /** @enum {string} */
            type: "missing_here" | "missing_there" | "amount" | "duplicate";
            /** @description An instruction's or a shift's number, or a terminal's code */
            reference: string;
            /** @description What our books say */
            here: {
                [key: string]: unknown;
            } | null;
            /** @description What the bank or the terminal says */
            there: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            foundAt: string;
            /** Format: date-time */
            clearedAt: string | null;
        };
        EnrolmentCodeResponse: {
            /** @description One enrolment, ten minutes */
            enrolmentCode: string;
            serviceName: string;
            /** @description The service's answer key in base64url, for the installer to compare */
            serviceKey: string;
            /** Format: date-time */
            expiresAt: string;
        };
        EnrolmentLinkRequest: {
            /**
             * @default enrolment
             * @enum {string}
             */
            purpose: "enrolment" | "sign-in";
        };
        EnrolmentLinkResponse: {
            /** @description One-time; nobody can ask for it again. */
            token: string;
            /** @example https://pay.demo-campus.example/#enrolment=… */
            url: string;
            /** Format: date-time */
            expiresAt: string;
        };
        ExposureResponse: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            revokedAt: string | null;
            /** Format: date-time */
            lastSeenAt: string | null;
            /** @description That it still had to send: they stay with it */
            queuedReversals: number;
            approved: components["schemas"]["CountedResponse"];
            declined: number;
            /** @description Taken back by it since then */
            reversed: components["schemas"]["CountedResponse"];
            /** @description What it could still take back */
            reversible: components["schemas"]["CountedResponse"];
            /** @description Set aside for it and not taken yet */
            held: components["schemas"]["CountedResponse"];
        };
        FunnelResponse: {
            /** @description Receipts that showed the offer. */
            shown: number;
            /** @description Of these, how many were followed. */
            clicked: number;
            /** @description Of these, on how many all marketing was refused. */
            refused: number;
        };
        GateRequest: {
            /**
             * @description What becomes of whoever is inside and comes in again
             * @enum {string}
             */
            passback: "hard" | "soft" | "timed";
            /** @description Of `timed` alone */
            passbackMinutes?: number;
            /** @description As many as come when it is left out */
            capacity?: number;
            /** @example 06:00 */
            opens: string;
            /** @example 22:00 */
            closes: string;
            /** @description Whether a sensor says that somebody went through */
            hasSensor: boolean;
            /** @description Fen that a visit by time costs when nobody ended it */
            forgottenAmount: number;
            /** @description All of them; what is left out is gone. */
            rules: components["schemas"]["GateRuleRequest"][];
        };
        GateResponse: {
            placeId: string;
            /** @enum {string} */
            passback: "hard" | "soft" | "timed";
            passbackMinutes: number | null;
            capacity: number | null;
            opens: string;
            closes: string;
            hasSensor: boolean;
            forgottenAmount: number;
            rules: components["schemas"]["GateRuleResponse"][];
        };
        GateRuleRequest: {
            /** @enum {string} */
            group: "student" | "staff" | "guest";
            /**
             * @description HH:MM in campus time
             * @example 06:00
             */
            from: string;
            /**
             * @description HH:MM in campus time, 24:00 at the latest
             * @example 22:00
             */
            until: string;
            /** @enum {string} */
            charge: "free" | "entry" | "time";
            /** @description Fen. entry: the price; time: the most that a visit costs */
            amount?: number;
            /** @description Fen for each minute begun; time alone */
            minutePrice?: number;
        };
        GateRuleResponse: {
            group: string;
            from: string;
            until: string;
            /** @enum {string} */
            charge: "free" | "entry" | "time";
            amount: number | null;
            minutePrice: number | null;
        };
        GivenPassResponse: {
            passId: string;
        };
        GroupConfirmationRulesResponse: {
            /** @example student */
            group: string;
            rules: components["schemas"]["ConfirmationRulesBody"];
        };
        GroupLimitsResponse: {
            /** @example student */
            group: string;
            limits: components["schemas"]["LimitsBody"];
        };
        HoursBody: {
            /**
             * @description HH:MM in campus time
             * @example 08:00
             */
            from: string;
            /** @example 20:00 */
            until: string;
        };
        ImportReportResponse: {
            linesOk: number;
            /** @description Fen that the good lines pay */
            amount: number;
            linesWrong: number;
            /** @description The first thousand of them. */
            wrong: components["schemas"]["WrongLineResponse"][];
        };
        ImportRequest: {
            /** @enum {string} */
            kind: "subsidy" | "top-up";
            /**
             * @description The kind of purse that a subsidy is paid into; `subsidy` when it is left out.
             * @example subsidy-breakfast
             */
            purse?: string;
            /** @description The sender's own number of the file; it pays once. */
            batchNumber: string;
            /**
             * Format: date-time
             * @description The end of a subsidy; never without.
             */
            usableUntil?: string;
            /**
             * @description Header card_number,name,amount; amounts in yuan with at most two decimals.
             * @example card_number,name,amount
             *     202600000001,张伟,50.00
             */
            csv: string;
            /**
             * @description Only report; propose nothing.
             * @default false
             */
            dryRun: boolean;
        };
        ImportResponse: {
            id: string;
            /** @enum {string} */
            kind: "subsidy" | "top-up";
            /** @description The kind of purse that it pays into */
            purse: string;
            batchNumber: string;
            /** Format: date-time */
            usableUntil: string | null;
            lines: number;
            linesPosted: number;
            /** @description Fen */
            amount: number;
            /** @enum {string} */
            state: "proposed" | "rejected" | "accepted" | "posted";
            approvalId: string | null;
            /** Format: date-time */
            proposedAt: string;
            /** Format: date-time */
            postedAt: string | null;
        };
        ImportStatementRequest: {
            /**
             * @description A business day, in campus time
             * @example 2026-11-22
             */
            date: string;
            /** @description CSV with the header `date,reference,direction,amount,balance`: amounts in fen, direction `in` or `out`, reference our number of the instruction. Left out, the statement is fetched from the bank. */
            csv?: string;
        };
        ImportsResponse: {
            imports: components["schemas"]["ImportResponse"][];
        };
        IncidentResponse: {
            id: string;
            /** @enum {string} */
            kind: "entered_again" | "left_without_visit" | "passed_late" | "exit_forgotten" | "hold_lost" | "pass_refunded_after_use";
            visitId: string | null;
            cardNumber: string | null;
            happenedAt: string;
        };
        InsideResponse: {
            visitId: string;
            cardNumber: string;
            name: string;
            /** @enum {string} */
            charge: "free" | "pass" | "entry" | "time";
            enteredAt: string;
        };
        InstrumentsRequest: {
            plastic: boolean;
            /** @description Only where somebody attends */
            numberPin: boolean;
        };
        InstrumentsResponse: {
            instruments: ("code" | "signed_qr" | "plastic" | "number_pin")[];
        };
        InvitationRequest: {
            /** @description Null: all that serve guests */
            places: string[] | null;
            /** Format: date-time */
            startsAt: string;
            /**
             * Format: date-time
             * @description A year later at most
             */
            endsAt: string;
            /** @description Of each day; null: all day */
            hours: components["schemas"]["HoursBody"] | null;
        };
        InvitationResponse: {
            id: string;
            places: string[] | null;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            hours: components["schemas"]["HoursBody"] | null;
            withdrawn: boolean;
        };
        KeptVisitsRequest: {
            /**
             * @description How long it is kept who was where
             * @example 180
             */
            keepDays: number;
        };
        KeptVisitsResponse: {
            /** @description How long it is kept who was where */
            keepDays: number;
        };
        KeyResponse: {
            /** @example t-12.1 */
            keyId: string;
            generation: number;
            algorithm: string;
            /** @enum {string} */
            status: "active" | "retired";
            /** Format: date-time */
            enrolledAt: string;
            /** Format: date-time */
            retiredAt: string | null;
        };
        LimitClassBody: {
            /** @enum {string} */
            group: "student" | "staff" | "guest";
            /** @description Fen */
            perSale: number;
            /** @description Fen: at one terminal, until it was heard again */
            perCard: number;
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
        LocalNameResponse: {
            zh: string;
            en: string;
        };
        LocalTextResponse: {
            zh: string;
            en: string;
        };
        LogInRequest: {
            /** @example wang.li */
            name: string;
            /** Format: password */
            password: string;
            /**
             * @description Six digits from the authenticator.
             * @example 123456
             */
            totp: string;
        };
        LogInResponse: {
            /** @description For programs: send as `Authorization: Bearer …`. */
            token: string;
            /**
             * Format: date-time
             * @description Ends at the latest; earlier after 30 min idle.
             */
            expiresAt: string;
            /** @example 1 */
            memberId: string;
            /** @example 王丽 */
            displayName: string;
            roles: ("administrator" | "cashier-office" | "front-desk" | "auditor" | "marketing")[];
        };
        LogLinkResponse: {
            url: string;
            /** Format: date-time */
            expiresAt: string;
        };
        MadeOfferResponse: {
            offerId: string;
        };
        MealNameRequest: {
            /** @example 早餐 */
            zh: string;
            /** @example breakfast */
            en: string;
        };
        MealPeriodRequest: {
            /** @example breakfast */
            code: string;
            name: components["schemas"]["MealNameRequest"];
            /**
             * @description HH:MM in campus time
             * @example 06:30
             */
            from: string;
            /**
             * @description HH:MM in campus time, 24:00 at the latest
             * @example 09:30
             */
            until: string;
        };
        MealPeriodResponse: {
            /** @example breakfast */
            code: string;
            name: components["schemas"]["LocalNameResponse"];
            /**
             * @description HH:MM in campus time
             * @example 06:30
             */
            from: string;
            /** @example 09:30 */
            until: string;
        };
        MealPeriodsRequest: {
            /** @description All of them; what is left out is gone. */
            periods: components["schemas"]["MealPeriodRequest"][];
        };
        MealPeriodsResponse: {
            periods: components["schemas"]["MealPeriodResponse"][];
        };
        MemberResponse: {
            /** @example 1 */
            id: string;
            /** @example wang.li */
            name: string;
            /** @example 王丽 */
            displayName: string;
            roles: ("administrator" | "cashier-office" | "front-desk" | "auditor" | "marketing")[];
            /** @enum {string} */
            status: "active" | "closed";
            /** Format: date-time */
            createdAt: string;
        };
        MembersResponse: {
            members: components["schemas"]["MemberResponse"][];
        };
        MerchantDayResponse: {
            sales: components["schemas"]["TotalResponse"];
            reversals: components["schemas"]["TotalResponse"];
            /** @description What cashiers took back */
            voids: components["schemas"]["TotalResponse"];
            /** @description What the office refunded on this day, whenever it was sold */
            refunds: components["schemas"]["TotalResponse"];
            /** @description Sales less reversals, voids and refunds, fen */
            net: number;
            /** @example 1 */
            merchantId: string;
            name: components["schemas"]["NameResponse"];
        };
        MerchantResponse: {
            id: string;
            name: components["schemas"]["LocalNameResponse"];
            places: number;
            /** @description Whether it has a bank account to be paid out to */
            hasBankAccount: boolean;
        };
        MessageResponse: {
            zh: string;
            en: string;
        };
        MeterIncidentResponse: {
            id: string;
            /** @enum {string} */
            kind: "paid_back_after_use" | "reading_falls" | "reading_unlikely";
            meterId: string;
            meterNumber: number;
            building: string;
            roomNumber: string;
            paymentId: string | null;
            /** @description What was read, or the fen that were used already */
            value: number;
            /** Format: date-time */
            happenedAt: string;
        };
        MeterIncidentsResponse: {
            /** @description Newest first */
            incidents: components["schemas"]["MeterIncidentResponse"][];
        };
        MeterRequest: {
            /** @enum {string} */
            kind: "electricity" | "water";
            /** @description Sells the credit; its terminals bring the readings */
            placeId: string;
            /** @description The number on the device */
            meterNumber: number;
            /** @description Without a network it takes tickets and counts down by itself */
            networked: boolean;
            /**
             * @description Fen for `per` watt-hours or liters
             * @example 55
             */
            price: number;
            /** @example 1000 */
            per: number;
            /** @description Units of a day above which nothing is believed */
            dailyMost: number;
            /** @description Fen of credit below which residents are told */
            warnBelow: number;
            /** @description What it showed when it was put in */
            reading: number;
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
        ModelResponse: {
            model: string | null;
            softwareVersion: string | null;
            /** @description In service */
            terminals: number;
            /** @description Of those, heard of in the last ten minutes */
            heard: number;
        };
        NameBody: {
            /** @example 二食堂 */
            zh: string;
            /** @example Canteen 2 */
            en: string;
        };
        NameResponse: {
            /** @example 第一食堂 */
            zh: string;
            /** @example First Canteen */
            en: string;
        };
        NewGuestRequest: {
            /** @example V2026-0001 */
            number: string;
            name: string;
            /** @example 1002600001 */
            cardNumber: string;
            /** @description The staff number of whoever answers for the guest */
            host: string;
            /** @description Left out for family: a host's two cards that pay like anybody else's */
            invitation?: components["schemas"]["InvitationRequest"];
        };
        NewMerchantRequest: {
            name: components["schemas"]["NameBody"];
            /** @description Where it is paid out to */
            bankAccount?: string;
        };
        NewPlaceRequest: {
            merchantId: string;
            name: components["schemas"]["NameBody"];
            /** @enum {string} */
            kind: "canteen" | "gym" | "dorm";
            tariff: components["schemas"]["TariffBody"];
        };
        NewTerminalRequest: {
            /**
             * @description Stands in every short number
             * @example B3
             */
            code: string;
            placeId: string;
            nameZh: string;
            nameEn: string;
        };
        OfferNameRequest: {
            /** @example 月卡 */
            zh: string;
            /** @example Month */
            en: string;
        };
        OfferRequest: {
            name: components["schemas"]["OfferNameRequest"];
            /** @description Where the pass is good, the selling place among them; that one alone when left out */
            places?: string[];
            /** @description Who may buy it */
            groups: ("student" | "staff" | "guest")[];
            /**
             * @description The day of the purchase included
             * @example 30
             */
            days: number;
            /** @example 06:00 */
            from: string;
            /** @example 22:00 */
            until: string;
            /** @description Entries; any number when it is left out */
            uses?: number;
            /** @description Fen */
            amount: number;
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
        OfferText: {
            /** @example 周二早餐立减 3 元 */
            zh: string;
            /** @example ¥3 off breakfast on Tuesdays */
            en: string;
        };
        OffersResponse: {
            offers: components["schemas"]["OfferResponse"][];
        };
        OfficeMeterResponse: {
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
            placeId: string;
            dailyMost: number;
        };
        OfficeRoomResponse: {
            roomId: string;
            building: string;
            number: string;
            residents: components["schemas"]["ResidentResponse"][];
            meters: components["schemas"]["OfficeMeterResponse"][];
        };
        OfflineRecordResponse: {
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
            id: string;
            terminalId: string;
            terminalCode: string;
            merchantId: string;
            cardNumber: string | null;
            /** @description Fen */
            amount: number | null;
            /** @description Fen that the cardholder owed for it then */
            owed: number;
            /** @enum {string|null} */
            bears: "cardholder" | "merchant" | "house" | null;
            /** @description Fen that the house paid the merchant for it */
            paid: number;
            /** Format: date-time */
            occurredAt: string | null;
            /** Format: date-time */
            receivedAt: string;
            /** @description The proposal that waits, or decided it */
            approvalId: string | null;
            /** @description As the terminal signed it, base64 */
            text: string;
        };
        OfflineRecordsResponse: {
            records: components["schemas"]["OfflineRecordResponse"][];
        };
        OfflineTermsBody: {
            allowance: components["schemas"]["AllowanceBody"];
            perTerminal: components["schemas"]["PerTerminalBody"];
            classes: components["schemas"]["LimitClassBody"][];
        };
        OfflineTotalResponse: {
            /** @enum {string} */
            decision: "captured" | "posted" | "owed" | "replayed" | "refused" | "quarantined";
            count: number;
            /** @description Fen */
            amount: number;
            /** @description Fen that cardholders owed for it then */
            owed: number;
            /** @description Fen that the house bore */
            paid: number;
        };
        OfflineTotalsResponse: {
            /** @example 2026-11-22 */
            date: string;
            totals: components["schemas"]["OfflineTotalResponse"][];
        };
        OfflineWordRequest: {
            /** @enum {string} */
            word: "release" | "dismiss";
            /** @description Why, for the second person */
            reason: string;
        };
        OfflineWordsResponse: {
            zh: string;
            en: string;
        };
        PassRequest: {
            cardNumber: string;
            /** @description Ids of places with a gate */
            places: string[];
            /** @example 2026-11-01 */
            firstDay: string;
            /** @example 2026-11-30 */
            lastDay: string;
            /** @example 06:00 */
            from: string;
            /** @example 22:00 */
            until: string;
            /** @description Entries; any number when it is left out */
            uses?: number;
            /** @description The sale that paid for it; given for nothing when it is left out */
            paymentId?: string;
        };
        PerTerminalBody: {
            /** @description Fen */
            amount: number;
            records: number;
            /** @description Without a network */
            hours: number;
        };
        PhonePoliciesResponse: {
            policies: components["schemas"]["PhonePolicyResponse"][];
        };
        PhonePolicyRequest: {
            /** @enum {string} */
            group: "student" | "staff" | "guest";
            /** @description How many phones a card may have */
            phonesMax: number;
        };
        PhonePolicyResponse: {
            /** @enum {string} */
            group: "student" | "staff" | "guest";
            phonesMax: number;
        };
        PlaceResponse: {
            id: string;
            name: components["schemas"]["LocalNameResponse"];
            /** @enum {string} */
            kind: "canteen" | "gym" | "dorm";
            open: boolean;
            /** @description Fen; by type: maximum, amount, or hold with unitPrice */
            tariff: Record<string, never>;
            /** @description Groups; null is everybody */
            serves: string[] | null;
            /** @description Whether a cashier stands there */
            attended: boolean;
            /** @description Whether terminals may sell without a network */
            offline: boolean;
            /** @description When a cashier may take a sale back, where one stands */
            voids: components["schemas"]["VoidRulesBody"];
            /** @description What a till shows of whoever pays */
            shows: components["schemas"]["TillShowsBody"];
            merchantId: string;
            merchantName: components["schemas"]["LocalNameResponse"];
        };
        PlasticRequest: {
            /**
             * @description As it is printed on the card
             * @example P0012345
             */
            printedNumber: string;
            /**
             * @description The chip's number as hex digits
             * @example 04A3B2C1D4E5F6
             */
            chipNumber: string;
        };
        PlasticResponse: {
            id: string;
            /** @description How the printed number ends: two characters; the rest is not kept */
            printedEnd: string;
            /** @enum {string} */
            status: "active" | "lost" | "replaced";
            /** Format: date-time */
            issuedAt: string;
            /** Format: date-time */
            endedAt: string | null;
        };
        PlasticsResponse: {
            /** @description The newest first, at most fifty */
            plastics: components["schemas"]["PlasticResponse"][];
        };
        PresenceResponse: {
            /** @description Longest first; 500 at most */
            inside: components["schemas"]["InsideResponse"][];
            /** @description Newest first; 100 at most */
            incidents: components["schemas"]["IncidentResponse"][];
        };
        PriceBody: {
            /**
             * @description Null: any time
             * @example lunch
             */
            meal: string | null;
            /**
             * @description Null: everybody
             * @enum {string|null}
             */
            group: "student" | "staff" | "guest" | null;
            /** @description Fen */
            amount: number;
        };
        PricesRequest: {
            /** @description Null: everybody */
            serves: ("student" | "staff" | "guest")[] | null;
            /** @description All of them; what is left out is gone. */
            prices: components["schemas"]["PriceBody"][];
        };
        ProgrammeBody: {
            /** @example quick-wash */
            code: string;
            name: components["schemas"]["ProgrammeNameBody"];
            /** @description Fen */
            amount: number;
            /** @description The longest that it may take */
            seconds: number;
        };
        ProgrammeNameBody: {
            /** @example 快洗 */
            zh: string;
            /** @example Quick wash */
            en: string;
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
        ProgrammesBody: {
            /** @description All of them; none: by the unit */
            programmes: components["schemas"]["ProgrammeBody"][];
        };
        ProgrammesResponse: {
            /** @description None: by the unit */
            programmes: components["schemas"]["ProgrammeResponse"][];
        };
        ProofResponse: {
            /** @example every entry sums to zero */
            proof: string;
            /** @description How many things break it */
            broken: number;
            /** Format: date-time */
            provedAt: string;
            /** Format: date-time */
            brokenSince: string | null;
        };
        ProofsResponse: {
            /** @description Everything was proved, and nothing is broken */
            holds: boolean;
            /** @description What is broken comes first */
            proofs: components["schemas"]["ProofResponse"][];
        };
        ProposedImportResponse: {
            /** @description Null when nothing was proposed: a dry run, or a line is wrong. */
            importId: string | null;
            /** @description What a second person consents to. */
            approvalId: string | null;
            report: components["schemas"]["ImportReportResponse"];
        };
        ProposedResponse: {
            /** @description What the second person consents to */
            approvalId: string;
        };
        PurseKindRequest: {
            name: components["schemas"]["PurseNameRequest"];
            /** @description Null: at all. */
            placeKinds: ("canteen" | "gym" | "dorm")[] | null;
            /** @description Ids of places; null: at all. */
            places: string[] | null;
            /** @description Codes of meal periods; null: at any time. */
            meals: string[] | null;
        };
        PurseKindResponse: {
            placeKinds: ("canteen" | "gym" | "dorm")[] | null;
            /** @description Ids of places */
            places: string[] | null;
            /** @description Codes of meal periods */
            meals: string[] | null;
            /** @example subsidy-breakfast */
            code: string;
            name: components["schemas"]["PurseNameResponse"];
        };
        PurseNameRequest: {
            /** @example 早餐补贴 */
            zh: string;
            /** @example breakfast subsidy */
            en: string;
        };
        PurseNameResponse: {
            zh: string;
            en: string;
        };
        PurseOrderRequest: {
            /**
             * @description The first pays first; a kind that is not named pays nothing.
             * @example [
             *       "subsidy-breakfast",
             *       "subsidy",
             *       "cash"
             *     ]
             */
            kinds: string[];
        };
        PurseOrderResponse: {
            /** @example student */
            group: string;
            kinds: string[];
        };
        PurseRulesResponse: {
            kinds: components["schemas"]["PurseKindResponse"][];
            orders: components["schemas"]["PurseOrderResponse"][];
        };
        ReadingsFileRequest: {
            /**
             * @description Header meter_number,reading,taken_at; whole watt-hours or liters.
             * @example meter_number,reading,taken_at
             *     30412,1250300,2026-11-22T12:00:00+08:00
             */
            csv: string;
            /**
             * @description Take readings that are far above what a room can use
             * @default false
             */
            isSure: boolean;
        };
        ReconcileRequest: {
            /**
             * @description A business day, in campus time
             * @example 2026-11-22
             */
            date: string;
        };
        ReconciliationResponse: {
            /** @example 2026-11-22 */
            date: string;
            /** Format: date-time */
            ranAt: string;
            /** @description The member of staff who ran it */
            ranBy: string;
            /** @description null: the bank was not compared */
            statementId: string | null;
            /** @description All three stories are there and none differs */
            agrees: boolean;
            discrepancies: components["schemas"]["DiscrepancyResponse"][];
        };
        RefundRequest: {
            /** @description The proposer's own number of this refund, a lower-case UUIDv7 */
            refundNumber: string;
            /** @example 1207 */
            paymentId: string;
            /** @description Fen; at most what has not gone back yet */
            amount: number;
            /** @description Why, for the second person */
            reason: string;
        };
        RefundResponse: {
            /** @example 12 */
            id: string;
            refundNumber: string;
            paymentId: string;
            /** @example B3-0427 */
            shortNumber: string;
            /** @description Fen */
            amount: number;
            reason: string;
            /** @enum {string} */
            state: "proposed" | "accepted" | "rejected" | "refunded" | "failed";
            /**
             * @description Why nothing was paid back although two people agreed
             * @enum {string|null}
             */
            failure: "payment_reversed" | "refund_exceeds" | null;
            /** @description What the second person consents to */
            approvalId: string;
            /** @description The member of staff who proposed */
            maker: string;
            /** Format: date-time */
            proposedAt: string;
            /** @description The second person */
            checker: string | null;
            /** Format: date-time */
            refundedAt: string | null;
        };
        RefundsResponse: {
            refunds: components["schemas"]["RefundResponse"][];
        };
        RejectRequest: {
            /** @description Why, for whoever proposed it. */
            reason: string;
        };
        ReplacementRequest: {
            /** @description What the old device shows */
            lastReading: number;
            /** @description The number on the new device */
            meterNumber: number;
            /** @description What the new device shows */
            firstReading: number;
            /** @description What an old device without a network still had to give */
            unitsLeft?: number;
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
        ResidentResponse: {
            number: string;
            name: string;
        };
        ResumptionRequest: {
            /** @description Why, for the second person */
            reason: string;
        };
        RoomRequest: {
            building: string;
            number: string;
            /** @description Numbers of cardholders: all who live there */
            residents: string[];
            /** @description One of a kind; what is left out stays */
            meters: components["schemas"]["MeterRequest"][];
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
        SealOnSheetResponse: {
            /**
             * @description Number of the newest block
             * @example 12
             */
            block: string;
            /**
             * @description Entries in all blocks up to it
             * @example 48213
             */
            total: string;
            /** @description SHA-256, lower-case hexadecimal */
            hash: string;
            /** Format: date-time */
            sealedAt: string;
        };
        SequenceBreakResponse: {
            /** @description None: a passage that cost nothing */
            paymentId: string | null;
            orderNumber: string;
            sequence: number;
            /** @description At least */
            expected: number;
            /** Format: date-time */
            decidedAt: string;
        };
        SequenceResponse: {
            terminalId: string;
            lastSequence: string;
            /** @description Numbers below the last that neither came, as a sale or a passage, nor were barred */
            missing: number;
            /** @description Where the count went back */
            breaks: components["schemas"]["SequenceBreakResponse"][];
        };
        SessionPolicyBody: {
            /** @description Devices that one card may run at a time */
            atOnce: number;
        };
        SessionPolicyResponse: {
            /** @description Devices that one card may run at a time */
            atOnce: number;
        };
        SessionTextResponse: {
            zh: string;
            en: string;
        };
        SpendingLimitsResponse: {
            groups: components["schemas"]["GroupLimitsResponse"][];
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
        StaffCardResponse: {
            id: string;
            number: string;
            cardholderId: string;
            /** @enum {string} */
            status: "active" | "frozen" | "lost" | "closed";
            /** @example student */
            group: string;
            /** @description What counts for this card; null is no limit */
            limits: components["schemas"]["LimitsBody"];
            /** @description Its own figures; null is its group's */
            ownLimits: components["schemas"]["LimitsBody"];
            /** @description What counts towards the limits now */
            spent: components["schemas"]["SpentResponse"];
        };
        StaffPaymentResponse: {
            id: string;
            shortNumber: string;
            place: components["schemas"]["LocalTextResponse"];
            /** @description Fen */
            amount: number;
            /** @description Fen */
            captured: number;
            /** @description Fen */
            returned: number;
            /** @enum {string} */
            verdict: "approved" | "declined" | "pending";
            reason: string | null;
            message: components["schemas"]["LocalTextResponse"];
            state: string;
            /**
             * @description Who took it back: a terminal that was unsure, or the cashier; null when nobody did
             * @enum {string|null}
             */
            takenBackBy: "terminal" | "cashier" | null;
            /** Format: date-time */
            decidedAt: string;
            orderNumber: string;
            terminalId: string;
            merchantId: string;
            cardholderId: string | null;
            businessDate: string;
        };
        StaffPaymentsResponse: {
            payments: components["schemas"]["StaffPaymentResponse"][];
        };
        StaffSessionResponse: {
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
            terminalId: string;
            orderNumber: string;
            cardNumber: string;
        };
        StaffSessionsResponse: {
            /** @description Newest first */
            sessions: components["schemas"]["StaffSessionResponse"][];
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
        StaticCapsRequest: {
            /** @description Fen */
            perSale: number;
            /** @description Fen */
            perDay: number;
        };
        StoppedTerminalResponse: {
            terminalId: string;
            terminalCode: string;
            /**
             * @description What was wrong
             * @example record_gap
             */
            fault: string;
            message: components["schemas"]["OfflineWordsResponse"];
            /** @description Of the record at which it was found */
            sequence: number;
            /** @description Sequences below it of which no record came; the first hundred */
            missing: number[];
            /** Format: date-time */
            stoppedAt: string;
            /** @description Records of it that wait for two people */
            waiting: number;
        };
        StoppedTerminalsResponse: {
            terminals: components["schemas"]["StoppedTerminalResponse"][];
        };
        SupervisorRequest: {
            /**
             * @description Typed at a till: three to eight digits
             * @example 101
             */
            tillNumber: string;
            /**
             * Format: password
             * @description Six digits
             */
            pin: string;
            /** @description Where they supervise; left out: everywhere */
            placeIds?: string[];
        };
        SupervisorResponse: {
            /** @example 2 */
            memberId: string;
            /** @example 李娜 */
            displayName: string;
            /** @example 101 */
            tillNumber: string;
            /** @description Null: everywhere */
            placeIds: string[] | null;
            /** Format: date-time */
            lockedUntil: string | null;
            /** Format: date-time */
            setAt: string;
        };
        SupervisorsResponse: {
            supervisors: components["schemas"]["SupervisorResponse"][];
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
        TariffBody: {
            /** @enum {string} */
            type: "entered" | "fixed" | "metered";
            /** @description Fen: the maximum, the price, or the hold */
            amount: number;
            /**
             * @description When metered
             * @enum {string}
             */
            unit?: "liter" | "kwh" | "minute";
            /** @description Fen, when metered */
            unitPrice?: number;
            /** @description When metered */
            holdSeconds?: number;
        };
        TerminalResponse: {
            id: string;
            code: string;
            nameZh: string;
            nameEn: string;
            placeId: string;
            /** @enum {string} */
            status: "active" | "revoked";
            /** Format: date-time */
            revokedAt: string | null;
            model: string | null;
            softwareVersion: string | null;
            /** Format: date-time */
            lastSeenAt: string | null;
            queuedReversals: number;
            /** @description The newest first, at most ten */
            keys: components["schemas"]["KeyResponse"][];
        };
        TillRulesRequest: {
            /** @description Null: as its kind says */
            attended?: boolean | null;
            /** @description Whether terminals may sell without a network */
            offline?: boolean;
            voids?: components["schemas"]["VoidRulesBody"];
            shows?: components["schemas"]["TillShowsBody"];
        };
        TillShowsBody: {
            maskedName: boolean;
            /** @description Which kinds of purses paid */
            purses: boolean;
            /** @description What the card has left */
            balance: boolean;
        };
        TotalResponse: {
            count: number;
            /** @description Fen */
            amount: number;
        };
        TrialBalanceLineResponse: {
            /** @example cash */
            kind: string;
            accounts: number;
            /** @description Fen; what we owe is positive, what the bank holds negative */
            balance: number;
            /** @description The part that is set aside, fen */
            held: number;
        };
        TrialBalanceResponse: {
            lines: components["schemas"]["TrialBalanceLineResponse"][];
            /** @description 0, or the books are wrong */
            total: number;
            balanced: boolean;
        };
        VoidLineResponse: {
            voidNumber: string;
            orderNumber: string;
            /** @enum {string} */
            outcome: "voided" | "released" | "already_voided" | "already_reversed" | "was_declined";
            /** @description Fen */
            returned: number;
            /** @example 123 */
            paymentId: string;
            /** @example B3-0427 */
            shortNumber: string;
            /** @example 12 */
            terminalId: string;
            /**
             * @description As the till said
             * @example 101
             */
            cashier: string | null;
            /** @description The member of staff who agreed */
            supervisorId: string | null;
            supervisorName: string | null;
            /** Format: date-time */
            voidedAt: string;
        };
        VoidRulesBody: {
            minutes: number;
            /** @description Fen: above it a supervisor is asked for */
            supervisorAbove: number;
        };
        VoidsResponse: {
            voids: components["schemas"]["VoidLineResponse"][];
        };
        WrongLineResponse: {
            /** @description The header is line 1. */
            line: number;
            cardNumber: string;
            /** @enum {string} */
            problem: "malformed_line" | "amount_malformed" | "amount_not_positive" | "amount_too_large" | "card_unknown" | "card_closed" | "card_twice" | "name_differs";
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
    ApprovalsController_list: {
        parameters: {
            query?: {
                state?: "proposed" | "consented" | "rejected";
                /** @description Approvals older than this id. */
                before?: string;
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
                    "application/json": components["schemas"]["ApprovalsResponse"];
                };
            };
        };
    };
    ApprovalsController_consent: {
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
                    "application/json": components["schemas"]["ApprovalResponse"];
                };
            };
        };
    };
    ApprovalsController_reject: {
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
                "application/json": components["schemas"]["RejectRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalResponse"];
                };
            };
        };
    };
    AuditController_list: {
        parameters: {
            query?: {
                /** @description What this member of staff did. */
                staffId?: string;
                /** @description Deeds older than this id. */
                before?: string;
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
                    "application/json": components["schemas"]["AuditResponse"];
                };
            };
        };
    };
    ReconciliationController_importStatement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportStatementRequest"];
            };
        };
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
    BusinessDaysController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A business day, in campus time */
                date: string;
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
                    "application/json": components["schemas"]["BusinessDayResponse"];
                };
            };
        };
    };
    BusinessDaysController_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A business day, in campus time */
                date: string;
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
                    "application/json": components["schemas"]["BusinessDayResponse"];
                };
            };
        };
    };
    CampaignsController_list: {
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
                    "application/json": components["schemas"]["CampaignPageResponse"];
                };
            };
        };
    };
    CampaignsController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCampaignRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignResponse"];
                };
            };
        };
    };
    CampaignsController_read: {
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
                    "application/json": components["schemas"]["CampaignResponse"];
                };
            };
        };
    };
    CampaignsController_change: {
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
                "application/json": components["schemas"]["ChangeCampaignRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignResponse"];
                };
            };
        };
    };
    CampaignsController_funnel: {
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
                    "application/json": components["schemas"]["FunnelResponse"];
                };
            };
        };
    };
    StaffCardholdersController_list: {
        parameters: {
            query?: {
                /** @description The beginning of a number, or a part of a name. */
                search?: string;
                /** @description The `next` of the page before. */
                after?: string;
                limit?: unknown;
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
                    "application/json": components["schemas"]["CardholderPageResponse"];
                };
            };
        };
    };
    StaffCardholdersController_issueLink: {
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
                "application/json": components["schemas"]["EnrolmentLinkRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentLinkResponse"];
                };
            };
        };
    };
    StaffCardsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["StaffCardResponse"];
                };
            };
        };
    };
    StaffCardsController_freeze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["StaffCardResponse"];
                };
            };
        };
    };
    InvitationsController_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["InvitationResponse"][];
                };
            };
        };
    };
    InvitationsController_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationRequest"];
            };
        };
        responses: {
            /** @description id */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    InvitationsController_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                invitation: string;
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
    StaffCardsController_setLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffCardResponse"];
                };
            };
        };
    };
    StaffCardsController_reportLoss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["StaffCardResponse"];
                };
            };
        };
    };
    StaffPlasticController_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["PlasticsResponse"];
                };
            };
        };
    };
    StaffPlasticController_issue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlasticRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlasticsResponse"];
                };
            };
        };
    };
    StaffPlasticController_reportLoss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["PlasticsResponse"];
                };
            };
        };
    };
    StaffCardsController_recover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["StaffCardResponse"];
                };
            };
        };
    };
    StaffPlasticController_stop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["PlasticsResponse"];
                };
            };
        };
    };
    StaffCardsController_unfreeze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": components["schemas"]["StaffCardResponse"];
                };
            };
        };
    };
    StaffCodesController_list: {
        parameters: {
            query?: {
                /** @description Older than this alarm */
                before?: string;
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
                    "application/json": components["schemas"]["AlarmsResponse"];
                };
            };
        };
    };
    CollectionsController_list: {
        parameters: {
            query?: {
                /** @description Those older than this id. */
                before?: string;
                limit?: number;
                state?: "claimed" | "succeeded" | "failed" | "cancelled" | "covered";
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
                    "application/json": components["schemas"]["CollectionsResponse"];
                };
            };
        };
    };
    ConfirmationRulesController_list: {
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
                    "application/json": components["schemas"]["ConfirmationRulesResponse"];
                };
            };
        };
    };
    ConfirmationRulesController_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmationRulesBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmationRulesResponse"];
                };
            };
        };
    };
    StaffSessionsController_alarms: {
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
                    "application/json": components["schemas"]["DeviceAlarmsResponse"];
                };
            };
        };
    };
    FundingImportsController_list: {
        parameters: {
            query?: {
                /** @description Those older than this id. */
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
                    "application/json": components["schemas"]["ImportsResponse"];
                };
            };
        };
    };
    FundingImportsController_propose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedImportResponse"];
                };
            };
        };
    };
    FundingImportsController_read: {
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
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
        };
    };
    StaffGatesController_read: {
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
                    "application/json": components["schemas"]["GateResponse"];
                };
            };
        };
    };
    StaffGatesController_set: {
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
                "application/json": components["schemas"]["GateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateResponse"];
                };
            };
        };
    };
    StaffOffersController_list: {
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
                    "application/json": components["schemas"]["OffersResponse"];
                };
            };
        };
    };
    StaffOffersController_offer: {
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
                "application/json": components["schemas"]["OfferRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeOfferResponse"];
                };
            };
        };
    };
    StaffGatesController_inside: {
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
                    "application/json": components["schemas"]["PresenceResponse"];
                };
            };
        };
    };
    GuestsController_admit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGuestRequest"];
            };
        };
        responses: {
            /** @description cardholderId */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    LoginsController_logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogInResponse"];
                };
            };
        };
    };
    LoginsController_logOut: {
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
    MembersController_me: {
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
                    "application/json": components["schemas"]["MemberResponse"];
                };
            };
        };
    };
    MealPeriodsController_list: {
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
                    "application/json": components["schemas"]["MealPeriodsResponse"];
                };
            };
        };
    };
    MealPeriodsController_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MealPeriodsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MealPeriodsResponse"];
                };
            };
        };
    };
    MembersController_list: {
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
                    "application/json": components["schemas"]["MembersResponse"];
                };
            };
        };
    };
    MembersController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMemberRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedMemberResponse"];
                };
            };
        };
    };
    MembersController_close: {
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
    SupervisorsController_set: {
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
                "application/json": components["schemas"]["SupervisorRequest"];
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
    SupervisorsController_remove: {
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
    MerchantsController_list: {
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
                    "application/json": components["schemas"]["MerchantResponse"][];
                };
            };
        };
    };
    MerchantsController_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMerchantRequest"];
            };
        };
        responses: {
            /** @description id */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    StaffRoomsController_incidents: {
        parameters: {
            query?: {
                /** @description Those older than this id. */
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
                    "application/json": components["schemas"]["MeterIncidentsResponse"];
                };
            };
        };
    };
    StaffRoomsController_take: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadingsFileRequest"];
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
    StaffRoomsController_replace: {
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
                "application/json": components["schemas"]["ReplacementRequest"];
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
    StaffRoomsController_statement: {
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
    StaffOfflineSalesController_list: {
        parameters: {
            query?: {
                decision?: "captured" | "posted" | "owed" | "replayed" | "refused" | "quarantined";
                /** @description Only what waits for two people */
                waiting?: "true";
                terminal?: string;
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
                    "application/json": components["schemas"]["OfflineRecordsResponse"];
                };
            };
        };
    };
    StaffOfflineSalesController_total: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A business day, in campus time */
                date: string;
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
                    "application/json": components["schemas"]["OfflineTotalsResponse"];
                };
            };
        };
    };
    StaffOfflineSalesController_propose: {
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
                "application/json": components["schemas"]["OfflineWordRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedResponse"];
                };
            };
        };
    };
    StaffOfflineSalesController_stopped: {
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
                    "application/json": components["schemas"]["StoppedTerminalsResponse"];
                };
            };
        };
    };
    StaffOfflineSalesController_resume: {
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
                "application/json": components["schemas"]["ResumptionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedResponse"];
                };
            };
        };
    };
    OfflineTermsController_read: {
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
                    "application/json": components["schemas"]["OfflineTermsBody"];
                };
            };
        };
    };
    OfflineTermsController_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfflineTermsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfflineTermsBody"];
                };
            };
        };
    };
    StaffOffersController_withdraw: {
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
    StaffGatesController_give: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PassRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GivenPassResponse"];
                };
            };
        };
    };
    StaffGatesController_end: {
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
    StatementController_search: {
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
                    "application/json": components["schemas"]["StaffPaymentsResponse"];
                };
            };
        };
    };
    StaffCodesController_read: {
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
                    "application/json": components["schemas"]["PhonePoliciesResponse"];
                };
            };
        };
    };
    StaffCodesController_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhonePolicyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhonePoliciesResponse"];
                };
            };
        };
    };
    PlacesController_list: {
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
                    "application/json": components["schemas"]["PlaceResponse"][];
                };
            };
        };
    };
    MerchantsController_open: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPlaceRequest"];
            };
        };
        responses: {
            /** @description id */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    PlacesController_set: {
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
                "application/json": components["schemas"]["TillRulesRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaceResponse"];
                };
            };
        };
    };
    StaffInstrumentsController_read: {
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
                    "application/json": components["schemas"]["InstrumentsResponse"];
                };
            };
        };
    };
    StaffInstrumentsController_set: {
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
                "application/json": components["schemas"]["InstrumentsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstrumentsResponse"];
                };
            };
        };
    };
    PlacesController_price: {
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
                "application/json": components["schemas"]["PricesRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaceResponse"];
                };
            };
        };
    };
    StaffSessionsController_priceList: {
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
                    "application/json": components["schemas"]["ProgrammesResponse"];
                };
            };
        };
    };
    StaffSessionsController_setPriceList: {
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
                "application/json": components["schemas"]["ProgrammesBody"];
            };
        };
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
    ProofsController_read: {
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
                    "application/json": components["schemas"]["ProofsResponse"];
                };
            };
        };
    };
    PurseRulesController_read: {
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
                    "application/json": components["schemas"]["PurseRulesResponse"];
                };
            };
        };
    };
    PurseRulesController_setKind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurseKindRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurseRulesResponse"];
                };
            };
        };
    };
    PurseRulesController_setOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurseOrderRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurseRulesResponse"];
                };
            };
        };
    };
    ReconciliationController_reconcile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReconcileRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationResponse"];
                };
            };
        };
    };
    ReconciliationController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A business day, in campus time */
                date: string;
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
                    "application/json": components["schemas"]["ReconciliationResponse"];
                };
            };
        };
    };
    RefundsController_list: {
        parameters: {
            query?: {
                payment?: string;
                state?: "proposed" | "accepted" | "rejected" | "refunded" | "failed";
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
                    "application/json": components["schemas"]["RefundsResponse"];
                };
            };
        };
    };
    RefundsController_propose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundResponse"];
                };
            };
        };
    };
    StaffRoomsController_list: {
        parameters: {
            query?: {
                /** @description The beginning of a building or number; a meter number */
                search?: string;
                /** @description The last id of the page before. */
                after?: string;
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
                    "application/json": components["schemas"]["RoomsResponse"];
                };
            };
        };
    };
    StaffRoomsController_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeRoomResponse"];
                };
            };
        };
    };
    StaffRoomsController_read: {
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
                    "application/json": components["schemas"]["OfficeRoomResponse"];
                };
            };
        };
    };
    StaffSessionsController_policy: {
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
                    "application/json": components["schemas"]["SessionPolicyResponse"];
                };
            };
        };
    };
    StaffSessionsController_setPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionPolicyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPolicyResponse"];
                };
            };
        };
    };
    StaffSessionsController_list: {
        parameters: {
            query?: {
                /** @description A place */
                place?: string;
                /** @description Only those that have not ended */
                running?: "true" | "false";
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
                    "application/json": components["schemas"]["StaffSessionsResponse"];
                };
            };
        };
    };
    StaffSessionsController_end: {
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
    SpendingLimitsController_list: {
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
                    "application/json": components["schemas"]["SpendingLimitsResponse"];
                };
            };
        };
    };
    SpendingLimitsController_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpendingLimitsResponse"];
                };
            };
        };
    };
    StaffInstrumentsController_caps: {
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
                    "application/json": components["schemas"]["StaticCapsBody"];
                };
            };
        };
    };
    StaffInstrumentsController_setCaps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StaticCapsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaticCapsBody"];
                };
            };
        };
    };
    SupervisorsController_list: {
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
                    "application/json": components["schemas"]["SupervisorsResponse"];
                };
            };
        };
    };
    StaffTerminalsController_listModels: {
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
                    "application/json": components["schemas"]["ModelResponse"][];
                };
            };
        };
    };
    ExposureController_sequences: {
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
                    "application/json": components["schemas"]["SequenceResponse"][];
                };
            };
        };
    };
    StaffTerminalsController_list: {
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
                    "application/json": components["schemas"]["TerminalResponse"][];
                };
            };
        };
    };
    StaffTerminalsController_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTerminalRequest"];
            };
        };
        responses: {
            /** @description id */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    StaffTerminalsController_issueCode: {
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentCodeResponse"];
                };
            };
        };
    };
    ExposureController_ofTerminal: {
        parameters: {
            query?: {
                /** @description A day ago by itself */
                since?: string;
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
                    "application/json": components["schemas"]["ExposureResponse"];
                };
            };
        };
    };
    StaffTerminalsController_retireKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description Of the key: 2 in t-12.2 */
                generation: string;
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
    RequestLogController_makeLink: {
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLinkResponse"];
                };
            };
        };
    };
    StaffTerminalsController_reinstate: {
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
    RequestLogController_ofTerminal: {
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
                    "application/json": components["schemas"]["RequestLogResponse"];
                };
            };
        };
    };
    StaffTerminalsController_revoke: {
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
    BusinessDaysController_trialBalance: {
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
                    "application/json": components["schemas"]["TrialBalanceResponse"];
                };
            };
        };
    };
    StaffGatesController_kept: {
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
                    "application/json": components["schemas"]["KeptVisitsResponse"];
                };
            };
        };
    };
    StaffGatesController_keep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeptVisitsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptVisitsResponse"];
                };
            };
        };
    };
    StaffGatesController_release: {
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
    VoidsController_list: {
        parameters: {
            query?: {
                /** @description On which they were voided */
                date?: string;
                terminal?: string;
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
                    "application/json": components["schemas"]["VoidsResponse"];
                };
            };
        };
    };
}
