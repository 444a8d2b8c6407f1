// The alerts of prometheus/, evaluated by Azure Monitor over the same metrics, and who hears of them; and the budget of the resource group.
// generated/prometheus-rules.json is written from prometheus/ and compared with it by a test. Azure knows no inhibition: when NAVI is down, its other alerts may come as well.

import { Contacts } from 'types.bicep'

param prefix string
param location string
param tags object
@description('Azure Monitor workspace with the metrics.')
param metricsId string
param contacts Contacts
@description('Webhook that wakes somebody, such as PagerDuty\'s integration for Azure. Empty: only the addresses.')
@secure()
param pageWebhook string
@description('In the currency of the subscription.')
param monthlyBudget int
@description('First day of the month in which the budget begins, such as 2026-12-01.')
param budgetStart string

var groups = loadJsonContent('../generated/prometheus-rules.json')

resource page 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-page'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'navi-page'
    enabled: true
    emailReceivers: [
      for address in contacts.page: { name: address, emailAddress: address, useCommonAlertSchema: true }
    ]
    webhookReceivers: empty(pageWebhook) ? [] : [{ name: 'page', serviceUri: pageWebhook, useCommonAlertSchema: true }]
  }
}

resource ticket 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-ticket'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'navi-ticket'
    enabled: true
    emailReceivers: [
      for address in contacts.ticket: { name: address, emailAddress: address, useCommonAlertSchema: true }
    ]
  }
}

resource rules 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = [
  for group in groups: {
    name: '${prefix}-${group.name}'
    location: location
    tags: tags
    properties: {
      description: 'From ${group.source}'
      enabled: true
      scopes: [metricsId]
      interval: group.interval
      rules: map(
        group.rules,
        rule =>
          union(
            rule,
            contains(rule, 'alert')
              ? {
                  enabled: true
                  resolveConfiguration: { autoResolved: true, timeToResolve: 'PT10M' }
                  actions: [{ actionGroupId: rule.labels.severity == 'page' ? page.id : ticket.id }]
                }
              : { enabled: true }
          )
      )
    }
  }
]

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: '${prefix}-month'
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    notifications: {
      mostIsSpent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: contacts.ticket
        contactGroups: [ticket.id]
      }
      willBeExceeded: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: contacts.ticket
        contactGroups: [ticket.id]
      }
      isExceeded: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: contacts.page
        contactGroups: [page.id]
      }
    }
  }
}
