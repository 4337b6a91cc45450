{{/* Labels of all that belongs to a component: (dict "release" .Release "component" "gateway"). */}}
{{- define "slipstream.labels" -}}
app.kubernetes.io/name: slipstream
app.kubernetes.io/instance: {{ .release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* An image: (dict "image" .Values.agent.image "chart" .Chart). */}}
{{- define "slipstream.image" -}}
{{ .image.repository }}:{{ .image.tag | default .chart.AppVersion }}
{{- end }}

{{/* What each container gives up. */}}
{{- define "slipstream.hardened" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What each pod is: (dict "user" 10001 "group" 10001). */}}
{{- define "slipstream.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .group }}
  fsGroup: {{ .group }}
  seccompProfile:
    type: RuntimeDefault
{{- end }}
