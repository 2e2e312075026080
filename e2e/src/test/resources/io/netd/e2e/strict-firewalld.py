"""What netd asks of a firewalld since 2.3.0, with the value of StrictForwardPorts in a file.

Debian 12 has none that knows the setting.
"""

import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.fedoraproject.FirewallD1"


class Zones(dbus.service.Object):
    @dbus.service.method(NAME + ".zone", in_signature="ss", out_signature="b")
    def queryInterface(self, zone, interface):
        return True

    @dbus.service.method(NAME + ".zone", in_signature="ss", out_signature="s")
    def removeInterface(self, zone, interface):
        return zone


class Config(dbus.service.Object):
    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        assert (interface, name) == (NAME + ".config", "StrictForwardPorts")
        return dbus.String(open(sys.argv[1]).read().strip(), variant_level=1)


DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()
zones = Zones(bus, "/org/fedoraproject/FirewallD1")
config = Config(bus, "/org/fedoraproject/FirewallD1/config")
owned = dbus.service.BusName(NAME, bus)
GLib.MainLoop().run()
