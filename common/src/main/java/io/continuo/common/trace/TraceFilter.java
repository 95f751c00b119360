package io.continuo.common.trace;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;

/** Gives lines of the log the id of the request on whose behalf they are written; costs nothing but when one is. */
public final class TraceFilter extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
        String id = Trace.current();
        if (id != null && event instanceof LoggingEvent line) {
            line.setMDCPropertyMap(Map.of("trace", id));
        }
        return FilterReply.NEUTRAL;
    }
}
