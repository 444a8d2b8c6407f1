using Navi.Cli.GoLive;
using Navi.Cli.GoLive.Checks;

namespace Navi.EndToEnd.Tests.GoLive;

/// <summary>Alertmanager's routes are read as Alertmanager reads them.</summary>
public sealed class AlertRoutesTests
{
    private const string Receivers =
        """
        receivers:
          - name: pager
            pagerduty_configs: [{routing_key: k}]
          - name: chat
            slack_configs: [{channel: c}]
          - name: nobody
          - name: emptied
            webhook_configs: []

        """;

    [Theory]
    [InlineData("route: {receiver: chat}", "chat (slack)")]
    [InlineData("route: {receiver: chat, routes: [{receiver: pager, matchers: ['severity=\"page\"']}]}", "pager (pagerduty)")]
    [InlineData("route: {receiver: chat, routes: [{receiver: pager, matchers: [severity =~ page|critical]}]}", "pager (pagerduty)")]
    [InlineData("route: {receiver: chat, routes: [{receiver: pager, match: {severity: page}}]}", "pager (pagerduty)")]
    [InlineData("route: {receiver: chat, routes: [{receiver: pager, match_re: {severity: pag.}}]}", "pager (pagerduty)")]
    // Every matcher must hold, and NAVI's alerts have no team.
    [InlineData("route: {receiver: chat, routes: [{receiver: pager, matchers: ['severity=\"page\"', 'team=\"payments\"']}]}", "chat (slack)")]
    [InlineData("route: {receiver: chat, routes: [{receiver: pager, matchers: ['severity!=\"ticket\"', 'team!~\"pay.*\"']}]}", "pager (pagerduty)")]
    // An earlier route takes it.
    [InlineData("route: {receiver: chat, routes: [{receiver: nobody, matchers: ['alertname=~\"Navi.+\"']}, {receiver: pager, matchers: ['severity=\"page\"']}]}", null)]
    [InlineData("route: {receiver: chat, routes: [{receiver: chat, continue: true}, {receiver: pager, matchers: ['severity=\"page\"']}]}", "chat (slack) and pager (pagerduty)")]
    // A route without a receiver has its parent's; one below is asked before it.
    [InlineData("route: {receiver: chat, routes: [{matchers: ['severity=\"page\"'], routes: [{receiver: pager, matchers: ['alertname=\"NaviDown\"']}]}]}", "pager (pagerduty)")]
    [InlineData("route: {receiver: chat, routes: [{matchers: ['severity=\"page\"'], routes: [{receiver: pager, matchers: ['alertname=\"Other\"']}]}]}", "chat (slack)")]
    [InlineData("route: {receiver: emptied}", null)]
    [InlineData("route: {receiver: missing}", null)]
    [InlineData("{}", null)]
    public void Of_Routes_GoesWhereAlertmanagerSends(string route, string? told) => Assert.Equal(told, new AlertRoutes(route == "{}" ? Receivers : Receivers + route).Of("NaviDown", "page"));

    [Theory]
    [InlineData("route: [")]
    [InlineData("route: {receiver: chat, routes: [{receiver: pager, matchers: ['severity']}]}")]
    public void Of_WhatCannotBeRead_IsSaid(string route)
    {
        var error = Assert.Throws<GoLiveFailure>(() => new AlertRoutes(Receivers + route).Of("NaviDown", "page"));
        Assert.Contains("can't be read", error.Message, StringComparison.Ordinal);
    }
}
