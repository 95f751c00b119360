package io.continuo.common.bus;

/** Anything that travels on the event bus. Within one process the very object is handed over, so all are immutable. */
public sealed interface BusMessage
        permits MessagingRequest, PresenceRequest, SubjectRequest, GatewayMessage, SubjectNews, VisitMessage, Reply {}
