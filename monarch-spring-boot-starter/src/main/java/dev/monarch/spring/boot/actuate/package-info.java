/**
 * What a running application shows through Actuator: the endpoint, the health and the information.
 *
 * <p>Everything here needs Actuator, which an application may not have. Only the auto-configurations may be loaded
 * without it.
 */
@NullMarked
package dev.monarch.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;
